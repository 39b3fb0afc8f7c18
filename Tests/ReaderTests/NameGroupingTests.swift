import News
import Reader
import Testing

struct NameGroupingTests {
    /// The names that were put together, each group in the order of the text.
    private func groups(_ names: [String], _ kind: Entity.Kind) -> [[String]] {
        var mentions = names.enumerated().map { place, name in
            Mention(
                span: TextSpan(field: .body, offset: place, length: 1), tokens: place..<place + 1, sentence: 0, kind: kind, text: name,
                entity: 0, confidence: 1)
        }
        NameGrouping.group(&mentions, placeAliases: ["U.S.": "United States", "US": "United States"])
        var groups: [[String]] = []
        for mention in mentions {
            // Numbered in the order of the text.
            if mention.entity == groups.count { groups.append([]) }
            groups[mention.entity].append(mention.text)
        }
        return groups
    }

    @Test(arguments: [
        [["Otto Jespersen", "Jens Otto Harry Jespersen", "Jespersen"]],
        [["Barack Obama", "Barack H. Obama", "Barack Hussein Obama", "Obama", "Barack"]],
        [["Charles Bolden", "Administrator Charles Bolden", "Bolden"]],
        [["Bernie Sanders", "Bernard Sanders", "Sanders"]],
        [["William Nelson", "Bill"]],
        [["Higuchi Ichiyo", "Ichiyo Higuchi"]],
        [["Antonio Lopez de Santa Anna", "Santa Anna"]],
        [["K.C. Maurer", "Maurer"]],
        [["George W. Bush"], ["George H. Bush"]],
        [["Donald Trump"], ["Donald Trump Jr."]],
        [["John Miller"], ["Anna Miller"], ["Miller"]],
        // The article is about one of them.
        [["Jeanne Moreau", "Jeanne Moreau", "Moreau"], ["Anatole Moreau"]],
        [["Anna"], ["Hannah Berg"]],
    ])
    func personsAreCalledInManyWays(_ wanted: [[String]]) {
        #expect(groups(wanted.flatMap { $0 }, .person) == wanted)
    }

    @Test(arguments: [
        [["Boston Red Sox", "Red Sox", "Sox"]],
        [["Harvard University", "Harvard", "University"]],
        [["Supreme Court of Ohio", "Supreme Court", "Court"]],
        [["Department of Defense", "DoD"]],
        [["World Health Organization", "WHO", "W.H.O."]],
        [["Google"], ["Google Scholar"], ["Scholar Weekly"]],
        [["United Nations Development Programme", "UNDP"], ["United Nations"]],
        [["White House"], ["House"]],
        [["Ohio State University"], ["Rice University"], ["University"]],
        [["Who"], ["World Health Organization"]],
    ])
    func organizationsAreCalledInManyWays(_ wanted: [[String]]) {
        #expect(groups(wanted.flatMap { $0 }, .organization) == wanted)
    }

    @Test(arguments: [
        [["Kennedy Space Center", "KSC", "Center"]],
        [["Glacier National Park", "Glacier"]],
        [["Jack London Square", "Square"]],
        [["U.S.", "United States", "US"]],
        [["West Virginia"], ["Virginia"]],
        [["Hong Kong Island"], ["Hong Kong"]],
    ])
    func placesAreCalledInManyWays(_ wanted: [[String]]) {
        #expect(groups(wanted.flatMap { $0 }, .place) == wanted)
    }

    @Test func manyNamesakesTakeNoLonger() {
        let names = (0..<20_000).map { "Brother\($0) Smith" } + ["Smith", "Brother7"]
        let found = groups(names, .person)
        #expect(found.count == 20_001 && found[7] == ["Brother7 Smith", "Brother7"])
    }
}
