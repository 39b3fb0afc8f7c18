import News

/// Values one after the other, as an index keeps what is not in its segments.
struct StateWriter: ~Copyable {
    private var writer = ByteWriter()

    mutating func number(_ value: UInt64) { writer.longVarint(value) }
    mutating func number(_ value: Int) { number(UInt64(bitPattern: Int64(value))) }
    mutating func time(_ time: Instant) { number(UInt64(bitPattern: time.milliseconds)) }

    mutating func bytes(_ bytes: [UInt8]) {
        number(bytes.count)
        // Read during the call alone.
        bytes.withUnsafeBytes { if let base = $0.baseAddress { writer.copy(base, $0.count) } }
    }

    mutating func text(_ text: String) { bytes(Array(text.utf8)) }

    /// How many there are, and each of them.
    mutating func list<Element>(_ elements: some Collection<Element>, _ write: (inout StateWriter, Element) -> Void) {
        number(elements.count)
        for element in elements { write(&self, element) }
    }

    mutating func optional<Value>(_ value: Value?, _ write: (inout StateWriter, Value) -> Void) {
        list(value.map { [$0] } ?? [], write)
    }

    mutating func finish() -> [UInt8] {
        let store = writer.finish()
        return withExtendedLifetime(store) { Array(store.bytes) }
    }
}

/// What was read is not what a `StateWriter` wrote.
struct StateFault: Error {}

/// Reads what a `StateWriter` wrote; anything else throws.
struct StateReader {
    private let state: [UInt8]
    private var place = 0

    init(_ state: [UInt8]) { self.state = state }

    var isAtEnd: Bool { place == state.count }

    mutating func number() throws(StateFault) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < state.count, shift < 64 {
            let byte = state[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw StateFault()
    }

    mutating func int() throws(StateFault) -> Int { Int(Int64(bitPattern: try number())) }
    mutating func time() throws(StateFault) -> Instant { Instant(milliseconds: Int64(bitPattern: try number())) }

    /// A count of what is there, each of which takes a byte at least.
    mutating func count() throws(StateFault) -> Int {
        let count = try number()
        guard count <= UInt64(state.count - place) else { throw StateFault() }
        return Int(count)
    }

    mutating func bytes() throws(StateFault) -> [UInt8] {
        let count = try count()
        defer { place += count }
        return Array(state[place..<place + count])
    }

    mutating func text() throws(StateFault) -> String {
        let count = try count()
        defer { place += count }
        return String(decoding: state[place..<place + count], as: UTF8.self)
    }

    mutating func list<Element>(_ read: (inout StateReader) throws(StateFault) -> Element) throws(StateFault) -> [Element] {
        let count = try count()
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    mutating func texts() throws(StateFault) -> [String] {
        try list { (reader) throws(StateFault) in try reader.text() }
    }

    mutating func optional<Value>(_ read: (inout StateReader) throws(StateFault) -> Value) throws(StateFault) -> Value? {
        try list(read).first
    }
}
