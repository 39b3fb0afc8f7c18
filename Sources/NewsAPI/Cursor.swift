import Crypto
import Foundation
import News
import NewsIndex

/// Where a page begins, as clients carry it: opaque, and of use for the query that it came from alone.
package enum Cursor {
    /// The bytes of a place, with a digest of them and the query, in base64url (RFC 4648 §5).
    package static func encode(_ place: [UInt8], for query: String) -> String {
        Data(digest(place, query) + place).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The bytes of the place; nil if it was tampered with or belongs to another query.
    package static func decode(_ text: String, for query: String) -> [UInt8]? {
        guard text.utf8.count < 2_048 else { return nil }
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        while base64.utf8.count % 4 != 0 { base64 += "=" }
        guard let data = Data(base64Encoded: base64), data.count > 8 else { return nil }
        let place = [UInt8](data.dropFirst(8))
        // Base64 can say the same in several ways; only the one that was given out counts.
        return encode(place, for: query) == text ? place : nil
    }

    private static func digest(_ place: [UInt8], _ query: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: place)
        hash.update(data: Array(query.utf8))
        return Array(hash.finalize().prefix(8))
    }
}

extension ArticleQuery.Position {
    package var bytes: [UInt8] {
        [isBackward ? 1 : 0]
            + [UInt64(bitPattern: key), id.high, id.low, sequence].flatMap { word in
                (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) }
            } + rarities
    }

    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 33, bytes.count <= 33 + QueryParser.mostTerms, bytes[0] <= 1 else { return nil }
        let words = (0..<4).map { word in bytes[word * 8 + 1..<word * 8 + 9].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(
            key: Int64(bitPattern: words[0]), id: ArticleID(high: words[1], low: words[2]), sequence: words[3], isBackward: bytes[0] == 1,
            rarities: Array(bytes[33...]))
    }
}

extension ResourceQuery.Position {
    /// Direction, sequence, id, and the key as text; an id has no blank in it.
    package var bytes: [UInt8] {
        let key =
            switch key {
            case .number(let number): "n\(number)"
            case .text(let text): "t\(text)"
            }
        return Array("\(isBackward ? "<" : ">") \(sequence) \(id) \(key)".utf8)
    }

    package init?(_ bytes: [UInt8]) {
        // By bytes: as characters, an accent that a key begins with would become one with what stands before it.
        let parts = bytes.split(separator: UInt8(ascii: " "), maxSplits: 3)
        guard parts.count == 4, let sequence = UInt64(String(decoding: parts[1], as: UTF8.self)) else { return nil }
        let text = String(decoding: parts[3].dropFirst(), as: UTF8.self)
        let key: ResourceQuery.Key
        switch parts[3].first {
        case UInt8(ascii: "n"):
            guard let number = Int64(text) else { return nil }
            key = .number(number)
        case UInt8(ascii: "t"): key = .text(text)
        default: return nil
        }
        self.init(
            key: key, id: String(decoding: parts[2], as: UTF8.self), sequence: sequence, isBackward: parts[0] == [UInt8(ascii: "<")])
    }
}
