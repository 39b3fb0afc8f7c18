/// Short and familiar forms of forenames, and what stands behind the surname.
public enum Forename {
    /// What tells one of a family from another, in small letters, without stops.
    public static let generations: Set = ["jr", "sr", "ii", "iii", "iv"]

    /// The forename that a short form stands for, both in small letters: `william` for `bill`; the name itself where it is none.
    public static func full(_ name: some StringProtocol) -> String { fullForms[String(name)] ?? String(name) }

    /// Only forms that stand for one name: Jack may be John, and is a name of its own.
    private static let fullForms: [String: String] = {
        let names = """
            abraham abe; albert al bert; alexander alex; alfred alf; andrew andy drew; anthony tony; arthur art; barbara barb; \
            benjamin ben benny; bernard bernie; catherine cathy; charles charlie chuck; christopher chris; daniel dan danny; \
            david dave davey; deborah debbie deb; donald don donnie; dorothy dot; douglas doug; edward ed eddie ted; eugene gene; \
            elizabeth liz beth betty; frederick fred freddie; gerald gerry; gregory greg; harold hal; jacob jake; james jim jimmy jamie; \
            jeffrey jeff; jennifer jenny jen; jessica jess; john johnny; jonathan jon; joseph joe joey; joshua josh; \
            judith judy; kathleen kathy; kenneth ken kenny; lawrence larry; leonard len lenny; margaret maggie peggy meg; \
            matthew matt; michael mike mick mickey; mitchell mitch; nathaniel nate; nicholas nick; pamela pam; patricia pat patty; \
            peter pete; philip phil; raymond ray; rebecca becky; richard rick rich dick; robert rob bob bobby robbie; ronald ron ronnie; \
            samuel sam sammy; stephen steve steven stevie; stuart stu; susan sue susie; theodore theo; thomas tom tommy; timothy tim; \
            valerie val; victor vic; vincent vince; virginia ginny; walter walt; william bill billy will willie; zachary zach
            """
        var forms: [String: String] = [:]
        for line in names.split(separator: ";") {
            let names = line.split(separator: " ").map(String.init)
            for form in names.dropFirst() { forms[form] = names[0] }
        }
        return forms
    }()
}
