import Glibc

/// Answers until they are handed to the kernel together: heads and small bodies copied one behind the other, larger bodies where they
/// are, each with the place among the copied bytes where it belongs.
struct Outbox {
    /// What is copied. Heads are written here.
    var bytes: [UInt8] = []
    private var bodies: [(bytes: [UInt8], place: Int)] = []
    private var bodyCount = 0

    /// Bodies up to this size are copied: about where a copy costs what another part of a gathered write does.
    private static let copyLimit = 4 << 10
    /// Bytes and bodies from which on nothing more is waited for: a good bite for the kernel, without a lot to keep.
    private static let enough = (bytes: 128 << 10, bodies: 32)

    init() { bytes.reserveCapacity(Self.enough.bytes + Self.copyLimit) }

    var count: Int { bytes.count + bodyCount }

    @inline(__always)
    var isEmpty: Bool { bytes.isEmpty && bodies.isEmpty }

    @inline(__always)
    var isFull: Bool { count >= Self.enough.bytes || bodies.count >= Self.enough.bodies }

    @inline(__always)
    mutating func append(body: [UInt8]) {
        if body.count <= Self.copyLimit { return bytes.append(contentsOf: body) }
        bodies.append((body, bytes.count))
        bodyCount += body.count
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        if bodies.isEmpty { return }
        bodies.removeAll(keepingCapacity: bodies.capacity <= 2 * Self.enough.bodies)
        bodyCount = 0
    }

    /// One write of all of it. `hasMore` tells the kernel to wait with a small segment for what follows.
    func send(to descriptor: Int32, hasMore: Bool) -> System.Transfer {
        if bodies.isEmpty { return System.send(descriptor, bytes, hasMore: hasMore) }
        return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2 * bodies.count + 1) { parts in
            var filled = 0
            // The arrays are held by `self` until after the write, and a native array's bytes stay in one place.
            func add(_ part: [UInt8], _ range: Range<Int>) {
                if range.isEmpty { return }
                let start = part.withUnsafeBytes { UnsafeMutableRawPointer(mutating: $0.baseAddress) }
                parts[filled] = iovec(iov_base: start.map { $0 + range.lowerBound }, iov_len: range.count)
                filled += 1
            }
            forEachPart { part, range, _ in add(part, range) }
            return System.send(descriptor, gathering: UnsafeMutableBufferPointer(rebasing: parts[..<filled]), hasMore: hasMore)
        }
    }

    /// Hands all but the first `sent` bytes to a queue, in their order.
    mutating func move(to queue: inout OutputQueue, from sent: Int = 0) {
        var skipped = sent
        forEachPart { part, range, isBody in
            let start = range.lowerBound + min(skipped, range.count)
            skipped -= start - range.lowerBound
            // The copied bytes stay the loop's.
            if isBody { queue.append(part, from: start) } else { queue.append(Array(part[start..<range.upperBound])) }
        }
        removeAll()
    }

    /// All of it, in its order.
    @inline(__always)
    private func forEachPart(_ take: (_ bytes: [UInt8], _ range: Range<Int>, _ isBody: Bool) -> Void) {
        var copied = 0
        for (body, place) in bodies {
            take(bytes, copied..<place, false)
            take(body, body.indices, true)
            copied = place
        }
        take(bytes, copied..<bytes.count, false)
    }
}
