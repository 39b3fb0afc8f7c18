import Foundation
import Reader

/// A sentence with the label of each word.
struct LabelledSentence {
    var words: [String]
    var labels: [UInt8]
    /// Whether "outside" may hide names of the type `other`, which some sets don't mark.
    var hidesOther = false

    /// The words as the tagger takes them.
    var sequence: WordSequence {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for word in words {
            let start = bytes.count
            bytes += word.utf8
            ranges.append(start..<bytes.count)
            bytes.append(0x20)
        }
        return WordSequence(bytes: bytes, words: ranges[...])
    }
}

typealias LabelledDocument = [LabelledSentence]

/// Reads text in which each line is a word, a tab and its label (BIO), sentences end at empty lines, and documents begin with
/// `-DOCSTART-`. Names are cut as the reader cuts them: without articles, titles and possessives.
struct LabelledTextReader {
    var hidesOther = false
    var marksPhrases = false
    var titles: Set<WordKey>

    func documents(_ text: String) -> [LabelledDocument] {
        var documents: [LabelledDocument] = []
        var document: LabelledDocument = []
        var words: [String] = []
        var tags: [Substring] = []
        func endSentence() {
            if !words.isEmpty { document.append(sentence(words, tags)) }
            words.removeAll()
            tags.removeAll()
        }
        func endDocument() {
            endSentence()
            if !document.isEmpty { documents.append(document) }
            document.removeAll()
        }
        func add(_ word: String, _ tag: Substring) {
            let pieces = word.pieces
            // Of "pro-Russian" only "Russian" is a name.
            if pieces.count > 1, tag == "B-MISC", pieces.contains(where: { $0.first?.isLowercase == true }) {
                words += pieces
                tags += pieces.map { $0.first?.isUppercase == true ? tag : "O" }
                return
            }
            for (index, piece) in pieces.enumerated() {
                words.append(piece)
                tags.append(index > 0 && tag.hasPrefix("B-") ? "I-" + tag.dropFirst(2) : tag)
            }
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let tab = line.lastIndex(of: "\t") else {
                endSentence()
                continue
            }
            if line.hasPrefix("-DOCSTART-") {
                endDocument()
                continue
            }
            add(Self.plain(line[..<tab]), line[line.index(after: tab)...])
        }
        endDocument()
        return documents
    }

    /// Reads a sentence a line, each a document, its names in brackets after their type: `(PER Anna Berg) left .`
    func examples(_ lines: [String]) -> [LabelledDocument] {
        lines.map { line in
            var words: [String] = []
            var tags: [Substring] = []
            var type: Substring?
            for part in line.split(separator: " ") {
                if part.hasPrefix("("), part.count > 1 {
                    type = "B-" + part.dropFirst()
                    continue
                }
                let ends = type != nil && part.hasSuffix(")")
                for piece in String(ends ? part.dropLast() : part).pieces {
                    words.append(piece)
                    tags.append(type ?? "O")
                    type = type.map { "I-" + $0.dropFirst(2) }
                }
                if ends { type = nil }
            }
            return [sentence(words, tags)]
        }
    }

    /// The quotes of the Penn Treebank as news writes them.
    private static func plain(_ word: Substring) -> String {
        switch word {
        case "``", "''": "\""
        case "-LRB-": "("
        case "-RRB-": ")"
        case "": "_"
        default: String(word)
        }
    }

    private func sentence(_ words: [String], _ tags: [Substring]) -> LabelledSentence {
        let types: [Substring: NameType] = ["PER": .person, "ORG": .organization, "LOC": .place, "MISC": .other]
        var labels = [UInt8](repeating: UInt8(NameLabel.outside), count: words.count)
        var start = 0
        while start < words.count {
            guard let type = types[tags[start].dropFirst(2)] else {
                start += 1
                continue
            }
            var end = start + 1
            while end < words.count, tags[end] == "I-" + tags[start].dropFirst(2) { end += 1 }
            defer { start = end }
            let hasCapital = words[start..<end].contains { $0.unicodeScalars.contains { $0.properties.isUppercase } }
            if marksPhrases, !hasCapital { continue }
            let name = NameTrimming.trimmed(start..<end, type, titles: titles) { WordKey(words[$0]) }
            for index in name { labels[index] = UInt8(index == name.lowerBound ? NameLabel.begin(type) : NameLabel.inside(type)) }
        }
        return LabelledSentence(words: words, labels: labels, hidesOther: hidesOther)
    }
}

extension String {
    /// The words that the reader cuts a word with hyphens into; the word itself if it has none.
    var pieces: [String] {
        guard contains("-") else { return [self] }
        let text = TokenizedText(self)
        return text.tokens.isEmpty ? [self] : text.tokens.indices.map { text.text(of: $0) }
    }
}

extension LabelledSentence {
    /// The sentence as a headline writes it: every word with a capital but the small ones.
    var inTitleCase: LabelledSentence {
        var copy = self
        for (index, word) in words.enumerated() where index == 0 || !Lexicon.smallWords.contains(word) {
            copy.words[index] = word.prefix(1).uppercased() + word.dropFirst()
        }
        return copy
    }

    /// The sentence in capitals.
    var inCapitals: LabelledSentence {
        var copy = self
        copy.words = words.map { $0.uppercased() }
        return copy
    }
}

/// The text of a file, unpacked if its name ends in `.xz`.
func contents(_ path: String) throws -> String {
    guard path.hasSuffix(".xz") else { return try String(contentsOfFile: path, encoding: .utf8) }
    return try output("xz", ["-dc", path])
}

/// What a command writes.
func output(_ command: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
    return String(decoding: data, as: UTF8.self)
}
