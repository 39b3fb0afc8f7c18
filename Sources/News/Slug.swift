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
        var latin = name
        if !name.utf8.allSatisfy({ $0 < 0x80 }) {
            // The second takes care of letters that are no other letter with an accent: Ł, Ø, ß.
            for transform in [StringTransform.toLatin, StringTransform("Latin-ASCII")] {
                latin = latin.applyingTransform(transform, reverse: false) ?? latin
            }
            latin = latin.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
        }
        var bytes: [UInt8] = []
        for byte in latin.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
            case UInt8(ascii: "'"), UInt8(ascii: "."): continue
            case 0x80...: continue
            default: if bytes.last != UInt8(ascii: "-"), !bytes.isEmpty { bytes.append(UInt8(ascii: "-")) }
            }
            // Room is left for a number.
            if bytes.count == Limits.slug - 20 { break }
        }
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return bytes.isEmpty ? fallback : String(decoding: bytes, as: UTF8.self)
    }

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
