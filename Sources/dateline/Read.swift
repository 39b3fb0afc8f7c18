import ArgumentParser
import Foundation
import JSON
import News
import NewsAPI
import Reader

struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what a text tells: names, places, dates, events and quotes.",
        discussion: """
            FILE holds an article as JSON, or plain text with the headline in its first line; - is standard input. On a terminal the \
            text is shown with what was found in colour, otherwise the findings are written as JSON.
            """)

    /// How the findings are shown.
    enum Format: String, ExpressibleByArgument, CaseIterable { case json, text }

    @Argument(help: ArgumentHelp("The text.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("When the text was published, which its dates are understood from; by default what it says itself, or now."))
    var published: String?

    @Option(help: "json, or text with colours for a person.")
    var format: Format?

    func run() throws {
        let reader = try EnglishReader.shared.get()
        var article = try self.article()
        if let published {
            guard let instant = Instant(published) ?? Instant(published + "T12:00:00Z") else {
                throw ValidationError("--published \(published): expected a date or a date-time of RFC 3339.")
            }
            article.published = instant
        }
        if article.published == nil { article.published = Instant(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1_000)) }
        let reading = reader.read(article)
        var output: [UInt8]
        if format ?? (isatty(STDOUT_FILENO) == 1 ? .text : .json) == .json {
            var writer = JSONWriter()
            reading.write(article, to: &writer)
            output = writer.bytes
        } else {
            output = Array(ReadingPrinter(article, reading).text.utf8)
        }
        output.append(UInt8(ascii: "\n"))
        try FileHandle.standardOutput.write(contentsOf: Data(output))
    }

    private func article() throws -> Article {
        let data: Data
        if file == "-" {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        } else {
            guard let contents = FileManager.default.contents(atPath: file) else { throw CommandError("\(file): can't be read.") }
            data = contents
        }
        let bytes = Array(data)
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            do throws(JSONError) {
                var reader = JSONReader(bytes)
                let article = try Article(from: &reader)
                try reader.finish()
                return article
            } catch {
                throw CommandError("\(file): \(error.detail) (byte \(error.offset)\(error.pointer.isEmpty ? "" : ", \(error.pointer)"))")
            }
        }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: true)
        var article = Article()
        article.headline = parts.first.map { String($0).trimmingCharacters(in: .whitespacesAndNewlines) }
        article.body = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespacesAndNewlines) : nil
        return article
    }
}

/// Shows a reading to a person: the texts with their names and dates in colour, then the events and who said what.
struct ReadingPrinter {
    private let article: Article
    private let reading: Reading

    init(_ article: Article, _ reading: Reading) {
        self.article = article
        self.reading = reading
    }

    private static let colours: [Entity.Kind: String] = [.person: "33", .organization: "36", .place: "32", .work: "35", .other: "35"]

    var text: String {
        var text = TextSpan.Field.allCases.compactMap { field in article[field].map { coloured($0, field) } }.joined(separator: "\n\n")
        text +=
            "\n\n"
            + [("33", "person"), ("36", "organization"), ("32", "place"), ("35", "other"), ("4", "time")]
            .map { "\u{1b}[\($0.0)m\($0.1)\u{1b}[0m" }.joined(separator: " ")
        for found in reading.places {
            let place = found.place
            let whole = [place.region, place.kind == .country ? nil : place.country].compactMap { $0 }
            text += "\n\u{1b}[32m\(([place.name] + whole).joined(separator: ", "))\u{1b}[0m (\(place.kind.name), \(found.confidence))"
        }
        for event in reading.events {
            let time = event.start.map { $0.text } ?? "?"
            text += "\n\u{1b}[1m\(time)  \(event.title)\u{1b}[0m (\(event.kind.rawValue), \(event.status.rawValue))"
        }
        for quote in reading.quotes {
            let speaker = quote.speaker.map { reading.mentions[$0].text } ?? "?"
            text += "\n\(speaker): “\(quote.text)”"
        }
        return text
    }

    private func coloured(_ text: String, _ field: TextSpan.Field) -> String {
        let names = reading.mentions.filter { $0.span.field == field }.map { ($0.span, Self.colours[$0.kind] ?? "35") }
        let dates = reading.dates.filter { $0.span.field == field }.map { ($0.span, "4") }
        let scalars = Array(text.unicodeScalars)
        var shown = String.UnicodeScalarView()
        var position = 0
        for (span, colour) in (names + dates).sorted(by: { $0.0.offset < $1.0.offset })
        where span.offset >= position && span.offset + span.length <= scalars.count {
            shown.append(contentsOf: scalars[position..<span.offset])
            shown.append(contentsOf: "\u{1b}[\(colour)m".unicodeScalars)
            shown.append(contentsOf: scalars[span.offset..<span.offset + span.length])
            shown.append(contentsOf: "\u{1b}[0m".unicodeScalars)
            position = span.offset + span.length
        }
        shown.append(contentsOf: scalars[position...])
        return String(shown)
    }
}
