/// Words that say what sort of thing something is, and by themselves name nothing: "the University", "the Court".
package enum CommonNouns {
    /// Whether a name has nothing but such words.
    package static func areAll(of name: String) -> Bool {
        // Most names end the search with their first word.
        var rest = name.lowercased().utf8[...]
        while !rest.isEmpty {
            let word = Substring(rest.prefix { $0 != UInt8(ascii: " ") })
            guard word.isEmpty || organizations.contains(word) || places.contains(word) || between.contains(word) else { return false }
            rest = rest.dropFirst(word.utf8.count + 1)
        }
        return true
    }

    /// What is called by its name without them.
    static let parks = words("national state park forest reserve desert canyon falls")

    private static func words(_ list: String) -> Set<Substring> { Set(list.split(separator: " ")) }
    private static let between = words("the of and")
    private static let organizations = words(
        """
        academy administration agency association authority board bureau cabinet church city club coalition college commission committee \
        company corporation council country county court courts department district division embassy federation force forces foundation \
        government group hospital institute institution league mayor ministry ministries movement museum nation nations network office \
        organisation organization parish party police province region republic school secretariat society state states team tribunal \
        university
        """)
    private static let places = words(
        """
        airport area avenue basin bay beach boulevard bridge building canyon cathedral center central centre coast county desert district \
        drive forest gardens garden hall harbor harbour hill hills hotel island islands isle lake mall market monument mosque mountain \
        mountains museum national ocean palace park peninsula plaza port prison province region reserve river road sea square stadium station \
        strait street temple theater theatre tower town valley village zoo
        """)
}
