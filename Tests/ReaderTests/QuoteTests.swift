import News
import Reader
import TestSupport
import Testing

struct QuoteTests {
    static let names = "person Anna Berg|Berg; person Tomas Hale|Hale; organization Nordbank; place Oslo; person Mary Stone|Stone"

    static func read(_ text: String) -> [String] {
        let cut = TokenizedText(text)
        let mentions = cut.mentions(names)
        return Reading.quotes(in: cut, field: .body, mentions: mentions).map { quote in
            #expect(text.cut(quote.span) == quote.text)
            let speaker = quote.speaker.map { number in
                ["Anna Berg", "Tomas Hale", "Nordbank", "Oslo", "Mary Stone"][mentions[number].entity]
            }
            return (speaker ?? quote.attribution.map { "(\(text.cut($0)))" } ?? "nobody") + ": " + quote.text
        }
    }

    @Test(arguments: [
        ("“We will rebuild it,” said Anna Berg.", ["Anna Berg: We will rebuild it"]),
        ("\"We will rebuild it,\" Anna Berg said.", ["Anna Berg: We will rebuild it"]),
        ("Anna Berg said: “We will rebuild it.”", ["Anna Berg: We will rebuild it."]),
        ("Anna Berg told reporters on Monday that the bank was “not for sale at all”.", ["Anna Berg: not for sale at all"]),
        ("«We will rebuild it», Anna Berg said.", ["Anna Berg: We will rebuild it"]),
        (
            "‘We won’t rebuild the workers’ hall,’ said Anna Berg.",
            ["Anna Berg: We won’t rebuild the workers’ hall,"].map { String($0.dropLast()) }
        ),
        ("'We won't rebuild it,' said Anna Berg.", ["Anna Berg: We won't rebuild it"]),
        ("“We will rebuild it,” said the mayor, Anna Berg, on Friday.", ["Anna Berg: We will rebuild it"]),
        ("“We will rebuild it,” Anna Berg, the mayor of Oslo, told Tomas Hale.", ["Anna Berg: We will rebuild it"]),
        ("“We will rebuild it,” she said. “It is our hall.”", ["(she): We will rebuild it", "(she): It is our hall."]),
        (
            "Anna Berg came home. “We will rebuild it,” she said. “It is our hall.”",
            ["Anna Berg: We will rebuild it", "Anna Berg: It is our hall."]
        ),
        ("Anna Berg met Tomas Hale in Oslo. “Mr. Hale is a friend,” she said.", ["Anna Berg: Mr. Hale is a friend"]),
        ("Anna Berg met Tomas Hale in Oslo. “It was a good talk,” he said.", ["Tomas Hale: It was a good talk"]),
        (
            "“We will rebuild it,” said Berg. Hale shook his head. “With what money?” he asked.",
            ["Anna Berg: We will rebuild it", "Tomas Hale: With what money?"]
        ),
        ("According to Tomas Hale, “the money is gone for good”.", ["Tomas Hale: the money is gone for good"]),
        ("“The money is gone,” according to Tomas Hale of Nordbank.", ["Tomas Hale: The money is gone"]),
        ("“The money is gone,” Nordbank said in a statement.", ["Nordbank: The money is gone"]),
        ("“The money is gone,” said a spokesman for Nordbank.", ["Nordbank: The money is gone"]),
        ("“The money is gone,” an official said.", ["(an official): The money is gone"]),
        ("He read “Oslo Nights” and the “free” paper.", []),
        ("Anna Berg praised Tomas Hale on Nordbank: “He was the best of us all.”", ["Anna Berg: He was the best of us all."]),
        ("Anna Berg wrote to Tomas Hale: “The money is gone.”", ["Anna Berg: The money is gone."]),
        ("Hale: “The money is gone.”", ["Tomas Hale: The money is gone."]),
        ("Anna Berg said:\n“We will rebuild it.”", ["Anna Berg: We will rebuild it."]),
        (
            "“We will rebuild it. Nobody helped us.\n“We asked for help twice,” said Anna Berg.",
            ["nobody: We will rebuild it. Nobody helped us.", "Anna Berg: We asked for help twice"]
        ),
        (
            "Hale spoke first. “Yes, it is gone,” he said.\n\nBerg waited. “We will see,” she said.",
            ["Tomas Hale: Yes, it is gone", "Anna Berg: We will see"]
        ),
        (
            "Berg said the bank’s offer, “the best so far”, was “a joke of the worst kind”.",
            ["Anna Berg: the best so far", "Anna Berg: a joke of the worst kind"]
        ),
        (
            "Tomas Hale said it was gone.\n\n“Nobody knows where the money went.”\n\n“That is a pity.”",
            ["Tomas Hale: Nobody knows where the money went.", "Tomas Hale: That is a pity."]
        ),
        ("He bears the title “Father of the Port,” but never goes there.", []),
        ("In the ’90s rock ’n’ roll was Oslo’s pride.", []),
        (
            "Details came from spokeswoman Mary Stone. She said Hale would come. Their goal is to “look into what can be built together”.",
            ["Mary Stone: look into what can be built together"]
        ),
    ])
    func saysWhoSaidWhat(text: String, expected: [String]) {
        #expect(Self.read(text) == expected)
    }

    @Test func nothingBreaksIt() {
        var texts = Hostile.kinds.map { $0.make(20_000) }
        var chance = Chance(seed: 9)
        for _ in 0..<2_000 { texts.append(Hostile.mixture(&chance, pieces: 50)) }
        for text in texts {
            let cut = TokenizedText(text)
            let mentions = cut.mentions("place Kyiv; person May|Monday; other I")
            let quotes = Reading.quotes(in: cut, field: .body, mentions: mentions)
            #expect(zip(quotes, quotes.dropFirst()).allSatisfy { $0.span.offset + $0.span.length <= $1.span.offset })
            for quote in quotes.prefix(5) { #expect(text.cut(quote.span) == quote.text) }
        }
    }
}
