/// What the tests post.
enum Sample {
    /// An article with every member that a client may give.
    static let visit: Value = [
        "uri": "https://example.org/world/visit",
        "headline": "Defence secretary makes unannounced visit to Kyiv",
        "summary": "Support will go on, he says.",
        "body": "Lloyd Austin came to Kyiv on Monday by train. “We stay,” he said after meeting the president. 🚂",
        "contentType": "text/plain", "language": "en", "byline": "By A. Writer", "located": "Kyiv",
        "source": ["name": "Example Wire", "url": "https://example.org"],
        "url": "https://example.org/world/visit.html", "authors": ["A. Writer", "B. Editor"], "section": "world",
        "keywords": ["defence", "visit"], "published": "2023-11-20T10:00:00Z",
        "entities": [
            [
                "type": "person", "name": "Lloyd Austin",
                "mentions": [["field": "body", "offset": 0, "length": 12, "text": "Lloyd Austin"]],
            ],
            ["type": "place", "name": "Kyiv"],
        ],
        "events": [["title": "Lloyd Austin visits Kyiv", "start": "2023-11-20"]],
    ]

    /// The nth of many plain articles, a minute apart, each with a uri of its own.
    static func article(_ number: Int, headline: String? = nil) -> Value {
        [
            "uri": .string(uri(number)), "headline": .string(headline ?? "Item number \(number)"),
            "body": "It was said \(number) times.", "published": .string(time(number)),
        ]
    }

    static func uri(_ number: Int) -> String { "https://example.org/item/\(number)" }

    /// The instant so many minutes after the first of January 2024, for under a month.
    static func time(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2024-01-\(two(1 + minutes / 1440))T\(two(minutes / 60 % 24)):\(two(minutes % 60)):00Z"
    }

    static let unknownID = "018bed3a-0000-7000-8000-000000000000"
}
