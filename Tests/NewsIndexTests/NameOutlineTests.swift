import News
import NewsIndex
import Testing

struct NameOutlineTests {
    private func areAlike(_ one: String, _ other: String, _ kind: Entity.Kind) -> Bool {
        guard let one = NameOutline(one, kind), let other = NameOutline(other, kind) else { return false }
        return one.resembles(other) && one.agrees(with: other)
    }

    @Test(arguments: [
        ("Bill Clinton", "William Clinton"), ("Bill Clinton", "William J. Clinton"), ("Larry Lessig", "Lawrence Lessig"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"), ("John Smith Jr.", "John Smith"),
    ])
    func personsAreAlike(_ one: String, _ other: String) { #expect(areAlike(one, other, .person)) }

    @Test(arguments: [
        ("Bill Clinton", "Hillary Clinton"), ("George W. Bush", "George H. Bush"), ("Bill Clinton", "Bill"), ("Will", "William"),
        ("John Smith Jr.", "John Smith Sr."), ("John Smith II", "John Smith III"),
    ])
    func personsAreNotAlike(_ one: String, _ other: String) { #expect(!areAlike(one, other, .person)) }

    @Test(arguments: [
        ("U.S. Congress", "United States Congress"), ("UN Security Council", "United Nations Security Council"),
        ("Department of Justice", "Justice Department"), ("Ministry of Defence", "Defense Ministry"),
        ("Department of the Treasury", "Treasury Department"), ("World Trade Centre", "World Trade Center"), ("Apple Inc.", "Apple"),
        ("The Johnson & Johnson Company", "Johnson and Johnson"), ("St. Louis Cardinals", "Saint Louis Cardinals"),
    ])
    func organizationsAreAlike(_ one: String, _ other: String) { #expect(areAlike(one, other, .organization)) }

    @Test(arguments: [
        ("University of Washington", "Washington University"), ("Bank of England", "England Bank"), ("US", "United States Congress"),
        ("Department of Justice", "Department of State"),
    ])
    func organizationsAreNotAlike(_ one: String, _ other: String) { #expect(!areAlike(one, other, .organization)) }

    @Test(arguments: ["\t A  B\r\n", "A B", "ÀB", "À B", " ", "", "A\u{A0}B", "A\u{1C}B", "Z{@["])
    func foldingLeavesOneBlank(_ text: String) {
        let folded = Folding.fold(text)
        #expect(folded == Folding.fold(folded) && folded == folded.lowercased())
        #expect(folded.split(whereSeparator: \.isWhitespace).joined(separator: " ") == folded)
        #expect(Folding.fold("\t A  B\r\n") == "a b" && Folding.fold("À B") == "a b" && Folding.fold("Z{@[") == "z{@[")
    }
}
