/// An entity tag (RFC 9110 §8.8.3): an opaque name for one state of a representation.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// Whether it only promises the same meaning, not the same bytes.
    public let isWeak: Bool
    /// The part between the quotes; only bytes that may stand there.
    public let opaque: [UInt8]

    /// A tag with the given text; bytes that may not stand in a tag become "-".
    public init(_ text: String, isWeak: Bool = false) {
        self.isWeak = isWeak
        opaque = text.utf8.map { Self.isTagByte($0) ? $0 : UInt8(ascii: "-") }
    }

    /// Reads one tag as it stands in a field, such as `"abc"` or `W/"abc"`; nil for anything else.
    public init?(_ bytes: ArraySlice<UInt8>) {
        var scanner = EntityTagScanner(bytes)
        guard case .tag(let isWeak, let opaque) = scanner.next(), scanner.isAtEnd else { return nil }
        self.isWeak = isWeak
        self.opaque = Array(opaque)
    }

    /// The tag of another representation of the same state.
    public func with(suffix: String) -> EntityTag { EntityTag(String(decoding: opaque, as: UTF8.self) + suffix, isWeak: isWeak) }

    /// As it stands in a field. Bytes that aren't UTF-8, which only a client's tag can have, are replaced.
    public var description: String { (isWeak ? "W/\"" : "\"") + String(decoding: opaque, as: UTF8.self) + "\"" }

    /// RFC 9110 §8.8.3.2: the same, and both strong.
    public func matchesStrongly(_ other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }

    /// Whether a list of tags, or "*", names this one. nil if the list is malformed. No allocation.
    public func isNamed(by list: ArraySlice<UInt8>, strongly: Bool) -> Bool? {
        if list.elementsEqual(CollectionOfOne(UInt8(ascii: "*"))) { return true }
        var scanner = EntityTagScanner(list)
        var found = false
        while true {
            switch scanner.next() {
            case .tag(let isWeak, let opaque):
                if opaque.elementsEqual(self.opaque), !strongly || !(isWeak || self.isWeak) { found = true }
            case .end: return found
            case .malformed: return nil
            }
        }
    }

    /// RFC 9110 §8.8.3: etagc.
    @inline(__always)
    static func isTagByte(_ byte: UInt8) -> Bool { byte == 0x21 || (byte >= 0x23 && byte != 0x7f) }
}

/// Reads entity tags off a comma-separated list, empty elements passed over (RFC 9110 §5.6.1).
private struct EntityTagScanner {
    enum Item {
        case tag(isWeak: Bool, ArraySlice<UInt8>)
        case end
        case malformed
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var needsComma = false

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func next() -> Item {
        while position < bytes.endIndex, bytes[position].isBlank || bytes[position] == UInt8(ascii: ",") {
            if bytes[position] == UInt8(ascii: ",") { needsComma = false }
            position += 1
        }
        if position == bytes.endIndex { return .end }
        if needsComma { return .malformed }
        var isWeak = false
        if bytes[position] == UInt8(ascii: "W") {  // Case-sensitive.
            guard bytes.endIndex - position > 1, bytes[position + 1] == UInt8(ascii: "/") else { return .malformed }
            isWeak = true
            position += 2
        }
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") else { return .malformed }
        let start = position + 1
        position = start
        while position < bytes.endIndex, EntityTag.isTagByte(bytes[position]) { position += 1 }
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") else { return .malformed }
        defer { position += 1 }
        needsComma = true
        return .tag(isWeak: isWeak, bytes[start..<position])
    }
}
