import News
import Testing

struct MentionedTimeTests {
    @Test(arguments: [
        ("2023-11-20", "2023-11-20/2023-11-20"), ("2023-11", "2023-11-01/2023-11-30"), ("2024-02", "2024-02-01/2024-02-29"),
        ("2023-12", "2023-12-01/2023-12-31"), ("2024", "2024-01-01/2024-12-31"), ("2023-11-13/2023-11-19", "2023-11-13/2023-11-19"),
    ])
    func hasTwoDays(text: String, span: String) throws {
        let time = try #require(MentionedTime(text))
        #expect(time.text == text && time.span == span)
        #expect(MentionedTime(first: time.first, last: time.last) == time)
    }

    @Test(arguments: [
        "", "x", "2023-13", "2023-02-30", "2023-11-19/2023-11-13", "2023-11-20/2023-11-20", "2023-11-01/2023-11-30", "2023/2024", "23",
        "2023-1", "2023-11-20/", "/2023", "10000", "0", "-1", "2023-11-20-1",
    ])
    func anythingElseIsNone(text: String) { #expect(MentionedTime(text) == nil) }
}
