/// A language that Snowball can stem. The raw value stands in snapshots on disk, so a number that was given stays given.
public enum StemLanguage: UInt8, Sendable, CaseIterable {
    case arabic = 1
    case armenian, basque, catalan, danish, dutch, english, finnish, french, german, greek, hindi, hungarian, indonesian, irish,
        italian, lithuanian, nepali, norwegian, portuguese, romanian, russian, serbian, spanish, swedish, tamil, turkish, yiddish

    /// The language of a BCP 47 tag, like `en` or `pt-BR`, by its primary subtag; nil where there is no stemmer for it.
    public init?(tag: String) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }
        guard primary.utf8.count <= 3, let language = StemLanguage.byCode[primary.lowercased()] else { return nil }
        self = language
    }

    /// Snowball's name for the algorithm.
    var algorithm: String { String(describing: self) }

    /// ISO 639-1 and 639-2 codes, terminological and bibliographic.
    private static let byCode: [String: StemLanguage] = [
        "ar": .arabic, "ara": .arabic, "hy": .armenian, "hye": .armenian, "arm": .armenian, "eu": .basque, "eus": .basque,
        "baq": .basque, "ca": .catalan, "cat": .catalan, "da": .danish, "dan": .danish, "nl": .dutch, "nld": .dutch, "dut": .dutch,
        "en": .english, "eng": .english, "fi": .finnish, "fin": .finnish, "fr": .french, "fra": .french, "fre": .french,
        "de": .german, "deu": .german, "ger": .german, "el": .greek, "ell": .greek, "gre": .greek, "hi": .hindi, "hin": .hindi,
        "hu": .hungarian, "hun": .hungarian, "id": .indonesian, "ind": .indonesian, "in": .indonesian, "ga": .irish, "gle": .irish,
        "it": .italian, "ita": .italian, "lt": .lithuanian, "lit": .lithuanian, "ne": .nepali, "nep": .nepali, "no": .norwegian,
        "nor": .norwegian, "nb": .norwegian, "nob": .norwegian, "nn": .norwegian, "nno": .norwegian, "pt": .portuguese,
        "por": .portuguese, "ro": .romanian, "ron": .romanian, "rum": .romanian, "mo": .romanian, "ru": .russian, "rus": .russian,
        "sr": .serbian, "srp": .serbian, "es": .spanish, "spa": .spanish, "sv": .swedish, "swe": .swedish, "ta": .tamil,
        "tam": .tamil, "tr": .turkish, "tur": .turkish, "yi": .yiddish, "yid": .yiddish,
    ]
}
