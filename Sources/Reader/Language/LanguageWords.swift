/// The commonest short words of languages, and letters that few of them use. The lists are our own, written for news.
enum LanguageWords {
    /// Words by language. What is in several lists counts less.
    static let words: [(code: String, words: String)] = [
        (
            "en",
            """
            the of and to in a is that for it on was with as by at are this be from have has had not his he she they which \
            will were been their would who after its said says an or but about more new over than up out into met former against amid while during between \
            could can may we you i if there what when she him her them these those first two no before because
            """
        ),
        (
            "de",
            """
            der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass \
            sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch \
            man
            """
        ),
        (
            "fr",
            """
            le la les de des du et en un une à est que qui dans pour pas sur au par plus ce ne se avec sont il a été cette \
            mais ont ses son leur aux elle après comme nous être deux fait sa ces contre entre selon
            """
        ),
        (
            "es",
            """
            el la los las de del y en un una que a se por con para su al es lo no más como pero sus le ha o este sin sobre \
            entre también fue desde años dos han está esta hasta según tras ser muy donde cuando contra
            """
        ),
        (
            "it",
            """
            il la lo gli le di del della dei delle che e è un una per in con non si da al alla nel nella come più anche sono \
            ha ma su dal dalla questo stato dopo anni essere loro ai tra suo sua hanno due ieri
            """
        ),
        (
            "pt",
            """
            o a os as de do da dos das e em no na nos nas um uma que para por com não se ao mais foi como é sua seu pelo pela \
            são também anos já está entre após ter ou mas quando ser muito até segundo disse isso ainda
            """
        ),
        (
            "nl",
            """
            de het een en van in is op te dat die voor met niet zijn aan er om ook als bij maar door over uit worden wordt \
            naar heeft hij nog meer werd was ze tot dan kan hebben deze geen wel veel na jaar zegt onder
            """
        ),
        (
            "sv",
            """
            och i att det som en på är av för med den till har de inte om ett han men var jag från vi så kan man när år under \
            efter eller nu även ska sin där vid mot över hade också säger skulle sig blir mycket
            """
        ),
        (
            "da",
            """
            og i at det er en til på som af for med den der de har ikke et om han men var fra vi så kan man når år efter eller \
            nu også skal sin blev over havde siger være meget blevet ved mod hvor end kun hun bliver
            """
        ),
        (
            "nb",
            """
            og i det er på som en til av for med at har de ikke om et han men var fra vi så kan den når år etter eller nå også \
            skal sin ble over hadde sier være mye blitt ved mot hvor enn bare hun blir noe opp seg
            """
        ),
        (
            "fi",
            """
            ja on ei se että oli hän kun mukaan myös sekä ovat mutta joka kuin olla tai vuoden sen ole niin vain jo jos nyt \
            hänen sitä tämä vuonna ollut jossa kanssa mitä voi enää sanoo kertoo joita siitä koko useita
            """
        ),
        (
            "pl",
            """
            i w na z do się że nie jest to o za od po jak przez dla są co ale ma był było oraz tym już być może także tego \
            przy może która który które roku ze pod czy jego tylko jej gdzie został będzie sobie
            """
        ),
        (
            "cs",
            """
            a v na se je že s o z do za to i k ve ale jako podle po pro by si od které který jsou byl u jeho tak také bude \
            které při už jen před až více nebo jsme není roku řekl může aby však kde
            """
        ),
        (
            "sk",
            """
            a v na sa je že s o z do za to aj k vo ale ako podľa po pre by si od ktoré ktorý sú bol u jeho tak tiež bude pri \
            už len pred až viac alebo nie roku povedal môže aby však kde ich ktorá
            """
        ),
        (
            "hu",
            """
            a az és hogy nem is egy meg van volt ez el már de csak még mint ki kell azt ha szerint lesz után között vagy fel \
            le majd pedig ami aki minden most nagyon ezt lehet több két magyar illetve során
            """
        ),
        (
            "ro",
            """
            și în de la a cu pe care nu o un este din să au pentru mai fost sunt al ale ce prin că după iar dar lui sau între \
            fi ca s-a acest această către fără însă doar unui unei cel ei
            """
        ),
        (
            "tr",
            """
            ve bir bu da de için ile olarak olan çok daha ne gibi sonra kadar en var ama diye ise o ki her değil oldu olduğu \
            göre dedi ancak iki ya yeni mi hem ilk tarafından şu söyledi etti
            """
        ),
        (
            "id",
            """
            yang dan di dengan untuk dari pada ini itu tidak dalam akan ke juga oleh ada adalah telah sebagai bisa karena \
            mereka tersebut lebih kata atau para saat tahun kami sudah anda saya hanya menjadi orang bahwa
            """
        ),
        (
            "vi",
            """
            và của là có các cho được trong với không những một này người đã khi đến từ ra về cũng như tại trên theo ông để \
            nhiều sau vào năm ở phải nước bị còn thì
            """
        ),
        (
            "hr",
            """
            i u je na se da za su od s o te koji kako što ne iz biti ali bi po a nije kao do ili koja nakon prema sve samo već \
            više godine kad može bio tako još koje rekao njegov
            """
        ),
        (
            "ca",
            """
            el la els les de del i en un una que a per amb no és al més ha com però han també ser aquest aquesta dels seva seu \
            sobre entre segons després fins anys on són molt
            """
        ),
        (
            "ru",
            """
            и в на не что с по он как это но из к у за от для его о а так же они был мы до при бы если или только уже сказал \
            которые который года также году после
            """
        ),
        (
            "uk",
            """
            і в у на не що з та до це за про він як від для його але є або які який щоб вони також був бути року після під \
            цього вже ще через й
            """
        ),
        ("bg", "и в на не че с по той как това но от към за го са да се е като ще или бе при които който след може само още има със през"),
        ("sr", "и у на не да с за је се су од који као то али из би са о до није што или које после само може још бити због"),
        ("be", "і ў у на не што з да гэта за пра ён як ад для яго але ёсць або якія які каб яны таксама быў быць года пасля"),
    ]

    static let weights: [WordKey: [(language: Int, weight: Float)]] = {
        var languages: [WordKey: [Int]] = [:]
        for (number, entry) in words.enumerated() {
            for word in Set(entry.words.split(separator: " ")) { languages[WordKey(String(word)), default: []].append(number) }
        }
        return languages.mapValues { numbers in numbers.map { ($0, 1 / Float(numbers.count)) } }
    }()

    /// Letters that speak for a language, and how much.
    static let letters: [UInt32: [(language: Int, weight: Float)]] = {
        let table: [(String, String)] = [
            ("de", "ßäöü"), ("fr", "çœêèù"), ("es", "ñ¿¡"), ("pt", "ãõ"), ("pl", "łżśćąęńź"), ("cs", "ěřůč"), ("sk", "ľĺŕôč"), ("hu", "őű"),
            ("ro", "ășțţ"), ("tr", "ğışİ"), ("sv", "åäö"), ("da", "øæå"), ("nb", "øæå"), ("fi", "äö"),
            ("vi", "đơưạảấầẩậắằặẹẻếềểệỉịọỏốồổộớờởợụủứừửự"),
            ("hr", "đćčšž"), ("uk", "іїєґ"), ("be", "ўі"), ("sr", "ђћџљњј"), ("ru", "ыэё"), ("bg", "ъ"), ("ca", "·ŀ"),
        ]
        var letters: [UInt32: [(Int, Float)]] = [:]
        for (code, scalars) in table {
            guard let number = words.firstIndex(where: { $0.code == code }) else { continue }
            for scalar in scalars.unicodeScalars { letters[scalar.value, default: []].append((number, 0.15)) }
        }
        return letters
    }()

    /// Languages that a script alone tells.
    static func language(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x370...0x3FF, 0x1F00...0x1FFF: "el"
        case 0x530...0x58F: "hy"
        case 0x590...0x5FF: "he"
        case 0x67E, 0x686, 0x698, 0x6AF, 0x6CC, 0x6A9: "fa"
        case 0x600...0x6FF, 0x750...0x77F: "ar"
        case 0x900...0x97F: "hi"
        case 0x980...0x9FF: "bn"
        case 0xA80...0xAFF: "gu"
        case 0xB80...0xBFF: "ta"
        case 0xC00...0xC7F: "te"
        case 0xE00...0xE7F: "th"
        case 0x10A0...0x10FF: "ka"
        case 0x1200...0x137F: "am"
        case 0x3040...0x30FF: "ja"
        case 0xAC00...0xD7AF: "ko"
        case 0x3400...0x4DBF, 0x4E00...0x9FFF: "zh"
        default: nil
        }
    }
}
