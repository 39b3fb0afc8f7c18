/// A set of labelled texts, and how it is used. Training/ATTRIBUTION says whose they are.
struct TrainingSet {
    var name: String
    /// What the texts are, for the table of measures.
    var kind: String
    /// How much a sentence counts.
    var weight: Float = 1
    /// Whether names of the type `other` are not marked.
    var hidesOther = false
    /// Whether words in small letters are marked that are no names ("our partners"), which are left out.
    var marksPhrases = false

    static let all: [TrainingSet] = [
        TrainingSet(name: "gum_by_train", kind: "Wikinews, interviews, speeches"),
        TrainingSet(name: "uner_ewt_dev", kind: "blogs, mail, newsgroups", hidesOther: true),
        TrainingSet(name: "re3d_gov", kind: "government releases", hidesOther: true, marksPhrases: true),
        TrainingSet(name: "gum_bysa_train", kind: "biographies, travel"),
        TrainingSet(name: "wikigold", kind: "Wikipedia articles"),
        TrainingSet(name: "redocred_dev_fix", kind: "Wikipedia introductions"),
        TrainingSet(name: "redocred_test_fix", kind: "Wikipedia introductions"),
        TrainingSet(name: "wikineural_val_self", kind: "Wikipedia sentences"),
        TrainingSet(name: "wikineural_test_self", kind: "Wikipedia sentences"),
        TrainingSet(name: "gmb_train_self", kind: "Voice of America and other news", weight: 0.3),
        TrainingSet(name: "wnut17_train", kind: "tweets and comments"),
        TrainingSet(name: "wnut17_dev", kind: "tweets and comments"),
        TrainingSet(name: "btc_all", kind: "tweets", weight: 0.3, hidesOther: true),
    ]

    /// Every tenth document of each set is kept out of training, to measure with.
    static func isHeldOut(_ document: Int) -> Bool { document % 10 == 9 }
}
