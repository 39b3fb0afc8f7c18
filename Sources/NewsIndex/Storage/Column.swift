/// One value for each document of a segment, side by side, read without checks.
///
/// `@unchecked Sendable` because nobody writes to it any more once it is there.
final class Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// Valid as long as the column lives.
    let base: UnsafePointer<Element>
    let count: Int
    /// Whose memory it is; its own if nobody's.
    private let owner: ByteStore?

    /// A column within other memory, where so many elements are, and which suits them.
    init(within owner: ByteStore, at offset: Int, count: Int) {
        base = (owner.base + offset).assumingMemoryBound(to: Element.self)
        self.count = count
        self.owner = owner
    }

    init(_ values: [Element]) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(values.count, 1))
        // The array's memory is read during the call alone.
        values.withUnsafeBufferPointer { if let source = $0.baseAddress { memory.update(from: source, count: values.count) } }
        base = UnsafePointer(memory)
        count = values.count
        owner = nil
    }

    deinit { if owner == nil { base.deallocate() } }

    @inline(__always)
    subscript(_ document: Int) -> Element { base[document] }

    var values: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
    var byteCount: Int { count * MemoryLayout<Element>.stride }
    /// The column's bytes; valid as long as it lives.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(values) }

    /// The place of the first element that is not below `value`, where the elements ascend.
    func place(of value: Element) -> Int where Element: Comparable { lowerBound(base, count, value) }
}

/// The place of the first of some ascending values that is not below `value`. The pointer is the caller's.
@inline(__always)
func lowerBound<Element: Comparable>(_ ascending: UnsafePointer<Element>, _ count: Int, _ value: Element) -> Int {
    var low = 0
    var high = count
    while low < high {
        let middle = (low &+ high) &>> 1
        if ascending[middle] < value { low = middle &+ 1 } else { high = middle }
    }
    return low
}

/// The same of a few numbers, at least one, without branches that can't be foreseen.
@inline(__always)
func steadyLowerBound(_ ascending: UnsafePointer<UInt32>, _ count: Int, _ value: UInt32) -> Int {  // the pointer is the caller's
    var low = 0
    var left = count
    while left > 1 {
        let half = left &>> 1
        low &+= ascending[low &+ half &- 1] < value ? half : 0
        left &-= half
    }
    return low &+ (ascending[low] < value ? 1 : 0)
}
