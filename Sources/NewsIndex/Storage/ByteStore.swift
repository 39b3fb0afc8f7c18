import Glibc

/// Bytes outside of Swift's arrays, so that reading them costs neither counting nor bounds checks in the innermost loops.
///
/// `@unchecked Sendable` because nobody writes to them any more once they are here.
final class ByteStore: @unchecked Sendable {
    /// Valid as long as the store lives; `slack` bytes after the end may be read too.
    let base: UnsafeRawPointer
    let count: Int
    /// Whose memory it is; its own if nobody's.
    private let owner: ByteStore?

    /// Whether the memory is its own, and so is freed with it.
    var isOwner: Bool { owner == nil }

    /// Readers load words that may reach beyond the last byte.
    static let slack = 16

    fileprivate init(taking memory: UnsafeMutableRawPointer, count: Int) {
        base = UnsafeRawPointer(memory)
        self.count = count
        owner = nil
    }

    /// Bytes within other memory, where so many are, and some slack.
    init(within owner: ByteStore, at offset: Int, count: Int) {
        base = owner.base + offset
        self.count = count
        self.owner = owner
    }

    deinit { if owner == nil { free(UnsafeMutableRawPointer(mutating: base)) } }

    /// The bytes; valid as long as the store lives.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
}

/// Writes the bytes of a store. The memory is the writer's alone until it is finished.
struct ByteWriter: ~Copyable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 1 << 10) {
        self.capacity = max(capacity, 64)
        base = ByteWriter.grown(nil, to: self.capacity)
    }

    deinit { free(base) }

    private static func grown(_ memory: UnsafeMutableRawPointer?, to size: Int) -> UnsafeMutableRawPointer {
        // As everywhere in Swift, where an array that can't grow ends the process too.
        guard let memory = realloc(memory, size + ByteStore.slack) else { fatalError("out of memory") }
        return memory
    }

    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        base = ByteWriter.grown(base, to: capacity)
    }

    @inline(__always)
    mutating func byte(_ value: UInt8) {
        reserve(1)
        base.storeBytes(of: value, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Seven bits a byte, the low ones first; the high bit says that more follow.
    @inline(__always)
    mutating func varint(_ value: UInt32) {
        reserve(5)
        count = set(varint: value, at: count)
    }

    @inline(__always)
    mutating func copy(_ source: UnsafeRawPointer, _ size: Int) {
        reserve(size)
        (base + count).copyMemory(from: source, byteCount: size)
        count += size
    }

    /// As `copy`, for what is mostly no more than eight bytes, and after which as many can be read.
    @inline(__always)
    mutating func appendShort(_ source: UnsafeRawPointer, _ size: Int) {
        reserve(size &+ 8)
        set(short: source, size, at: count)
        count += size
    }

    /// Copies bytes, which are the caller's.
    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let base = bytes.baseAddress { copy(base, bytes.count) }
    }

    /// As `varint`, with up to 64 bits.
    mutating func longVarint(_ value: UInt64) {
        reserve(10)
        var rest = value
        while rest >= 0x80 {
            base.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: count, as: UInt8.self)
            count += 1
            rest >>= 7
        }
        base.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Says how many bytes were written into reserved memory.
    @inline(__always)
    mutating func added(_ size: Int) { count += size }

    /// Forgets the bytes, and keeps the memory.
    mutating func removeAll() { count = 0 }

    /// Room of that size, filled with zeros; answers where it begins.
    mutating func zeros(_ size: Int) -> Int {
        reserve(size)
        memset(base + count, 0, size)
        defer { count += size }
        return count
    }

    /// Puts a value where there is room for it already.
    @inline(__always)
    mutating func set<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
        base.storeBytes(of: value, toByteOffset: offset, as: Value.self)
    }

    /// The same with what `varint` writes, five bytes at most; answers where it ends.
    @inline(__always)
    mutating func set(varint value: UInt32, at offset: Int) -> Int {
        var (rest, offset) = (value, offset)
        while rest >= 0x80 {
            set(UInt8(truncatingIfNeeded: rest) | 0x80, at: offset)
            offset &+= 1
            rest &>>= 7
        }
        set(UInt8(truncatingIfNeeded: rest), at: offset)
        return offset &+ 1
    }

    /// The same with what `appendShort` writes, eight bytes at least. The pointer is the caller's.
    @inline(__always)
    mutating func set(short source: UnsafeRawPointer, _ size: Int, at offset: Int) {
        set(source.loadUnaligned(as: UInt64.self), at: offset)
        if size > 8 { (base + offset + 8).copyMemory(from: source + 8, byteCount: size &- 8) }
    }

    @inline(__always)
    func get<Value: BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
        base.loadUnaligned(fromByteOffset: offset, as: type)
    }

    /// Some of the bytes; valid until more are written.
    @inline(__always)
    func bytes(at offset: Int, _ size: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + offset, count: size) }

    /// Whether some bytes, from a place in them on, are those from the same place on at an offset. Eight more may be read of both; the
    /// pointer is the caller's.
    @inline(__always)
    func holds(_ other: UnsafePointer<UInt8>, _ count: Int, after first: Int, at offset: Int) -> Bool {
        var at = first
        while at < count {
            let difference = UnsafeRawPointer(other + at).loadUnaligned(as: UInt64.self) ^ get(UInt64.self, at: offset + at)
            // The first bytes are the low ones.
            guard (count - at >= 8 ? difference : difference & ((1 << UInt64((count - at) * 8)) - 1)) == 0 else { return false }
            at += 8
        }
        return true
    }

    /// Lends the memory from an offset on, for as long as the call lasts.
    @inline(__always)
    func withMemory(at offset: Int, _ body: (UnsafeMutableRawPointer) -> Void) { body(base + offset) }

    /// Memory of a size that somebody else fills; nil if there is none.
    static func filled<Failure>(_ size: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) -> ByteStore?
    {
        guard let memory = malloc(size + ByteStore.slack) else { return nil }
        memset(memory + size, 0, ByteStore.slack)
        let store = ByteStore(taking: memory, count: size)
        try fill(UnsafeMutableRawBufferPointer(start: memory, count: size))
        return store
    }

    /// A copy of some of the bytes.
    func copy(at offset: Int, _ size: Int) -> ByteStore {
        let memory = ByteWriter.grown(nil, to: size)
        memory.copyMemory(from: base + offset, byteCount: size)
        memset(memory + size, 0, ByteStore.slack)
        return ByteStore(taking: memory, count: size)
    }

    /// Hands the bytes over; the writer begins anew with none.
    mutating func finish() -> ByteStore {
        let size = count
        let memory = ByteWriter.grown(base, to: size)
        memset(memory + size, 0, ByteStore.slack)
        capacity = 64
        count = 0
        base = ByteWriter.grown(nil, to: capacity)
        return ByteStore(taking: memory, count: size)
    }
}

/// Reading what a `ByteWriter` wrote; whoever reads knows how much there is.
extension UnsafeRawPointer {
    /// Reads what `ByteWriter.varint` wrote, and goes on behind it.
    @inline(__always)
    mutating func varint() -> UInt32 {
        var byte = load(as: UInt8.self)
        self += 1
        guard byte >= 0x80 else { return UInt32(byte) }
        var value = UInt32(byte & 0x7F)
        var shift: UInt32 = 7
        repeat {
            byte = load(as: UInt8.self)
            self += 1
            value |= UInt32(byte & 0x7F) &<< shift
            shift += 7
        } while byte >= 0x80
        return value
    }

    /// Reads what `ByteWriter.longVarint` wrote, and goes on behind it.
    @inline(__always)
    mutating func longVarint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = load(as: UInt8.self)
            self += 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// Goes on behind so many varints.
    @inline(__always)
    mutating func skipVarints(_ count: UInt32) {
        var left = count
        while left > 0 {
            left -= load(as: UInt8.self) < 0x80 ? 1 : 0
            self += 1
        }
    }
}

/// A growing row of numbers whose elements are reached without checks; whoever uses it keeps within `count`.
struct Numbers: ~Copyable {
    private(set) var base: UnsafeMutablePointer<UInt32>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 256) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    @inline(__always)
    mutating func append(_ value: UInt32) {
        if count == capacity { grow(1) }
        base[count] = value
        count += 1
    }

    /// Makes room for so many more; the caller writes them and then says how many there were.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    @inline(__always)
    mutating func added(_ more: Int) { count += more }

    mutating func removeAll() { count = 0 }

    @inline(never)
    private mutating func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
    }
}

/// A growing row of anything that is nothing but bytes, reached without checks as `Numbers` are.
struct Row<Element: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 256) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    init(repeating element: Element, count: Int) {
        self.init(capacity: count)
        append(element, count: count)
    }

    deinit { base.deallocate() }

    @inline(__always)
    subscript(_ place: Int) -> Element {
        get { base[place] }
        nonmutating _modify { yield &base[place] }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(1) }
        (base + count).initialize(to: element)
        count += 1
    }

    /// Adds the same so often.
    mutating func append(_ element: Element, count more: Int) {
        reserve(more)
        (base + count).initialize(repeating: element, count: more)
        count += more
    }

    /// Makes room for so many more.
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    mutating func removeAll() { count = 0 }

    @inline(never)
    private mutating func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
    }
}
