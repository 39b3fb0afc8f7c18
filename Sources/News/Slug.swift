import Foundation

/// Readable ids for entities and events.
public enum Slug {
    /// Words that stand where an id could in a path: `/entities/suggest`. They are never given out, so that no resource
    /// can be hidden by a route.
    private static let reserved: Set = ["suggest"]

    /// 1 to 120 of a-z, 0-9 and hyphens, not starting with a hyphen, and not a reserved word.
    public static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        guard !reserved.contains(text), (1...Limits.slug).contains(bytes.count), bytes.first != UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
    }

    /// A slug for a name: in Latin letters, without accents, blanks as hyphens; `fallback` where nothing is left.
    public static func make(_ name: String, fallback: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count)
        if name.utf8.allSatisfy({ $0 < 0x80 }) {
            append(name.utf8, to: &bytes)
        } else if name.unicodeScalars.allSatisfy({ $0.isASCII || latin[$0.value] != nil }) {
            for scalar in name.unicodeScalars {
                if scalar.isASCII { append(CollectionOfOne(UInt8(scalar.value)), to: &bytes) }
                if let letters = latin[scalar.value] { append(letters, to: &bytes) }
            }
        } else {
            append(inLatin(name).utf8, to: &bytes)
        }
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return bytes.isEmpty ? fallback : String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what may stand in a slug; room is left for a number.
    private static func append(_ latin: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        for byte in latin where bytes.count < Limits.slug - 20 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
            case UInt8(ascii: "'"), UInt8(ascii: "."): continue
            case 0x80...: continue
            default: if bytes.last != UInt8(ascii: "-"), !bytes.isEmpty { bytes.append(UInt8(ascii: "-")) }
            }
        }
    }

    /// A text in Latin letters without accents.
    private static func inLatin(_ text: String) -> String {
        var latin = text
        // The second takes care of letters that are no other letter with an accent: Ł, Ø, ß.
        for transform in [StringTransform.toLatin, StringTransform("Latin-ASCII")] {
            latin = latin.applyingTransform(transform, reverse: false) ?? latin
        }
        return latin.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    /// What becomes of the letters of Europe and of printers' marks, each by itself: to ask for it costs a hundred times as much.
    private static let latin: [UInt32: [UInt8]] = {
        let scalars = (Array(0xA0..<0x250) + Array(0x2010..<0x2027)).compactMap(UnicodeScalar.init)
        let all = inLatin(scalars.map { String($0) }.joined(separator: "\u{1}"))
        let parts = all.utf8.split(separator: 1, omittingEmptySubsequences: false)
        guard parts.count == scalars.count else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(scalars.map(\.value), parts.map(Array.init)))
    }()

    /// The slug itself, or one of slug-2, slug-3, … that is free: the first, where they were all given out in turn.
    ///
    /// Found by doubling and halving, so that the thousandth of a name costs no more than the tenth.
    public static func free(_ slug: String, isTaken: (String) -> Bool) -> String {
        guard reserved.contains(slug) || isTaken(slug) else { return slug }
        var (taken, free) = (1, 2)
        while isTaken("\(slug)-\(free)") { (taken, free) = (free, free * 2) }
        while free - taken > 1 {
            let middle = (taken + free) / 2
            if isTaken("\(slug)-\(middle)") { taken = middle } else { free = middle }
        }
        return "\(slug)-\(free)"
    }
}
