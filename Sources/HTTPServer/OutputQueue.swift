import Glibc
import HTTPWire

/// What the kernel wouldn't take yet: bytes and parts of files, in order.
struct OutputQueue {
    private enum Item {
        case bytes([UInt8], from: Int)
        case file(FileBody, from: Int)
    }

    /// How a turn of writing ended.
    enum Progress { case drained, blocked, failed }

    private var items: [Item] = []
    private var first = 0
    /// Bytes not written yet.
    private(set) var count = 0

    /// Pieces gathered into one write.
    private static let gathering = 32
    /// Bytes written for one connection before others get their turn.
    private static let turn = 1 << 20

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: [UInt8], from: Int = 0) {
        guard bytes.count > from else { return }
        items.append(.bytes(bytes, from: from))
        count += bytes.count - from
    }

    mutating func append(_ file: FileBody) {
        guard file.length > 0 else { return }
        items.append(.file(file, from: 0))
        count += file.length
    }

    mutating func removeAll() { self = OutputQueue() }

    /// Writes what the kernel takes, within one turn. `written` is increased by what it took.
    mutating func drain(to descriptor: Int32, written: inout Int) -> Progress {
        var budget = Self.turn
        while count > 0 {
            if budget <= 0 { return .blocked }
            let result: System.Transfer
            if case .file(let file, let from) = items[first] {
                result = System.sendFile(descriptor, from: file.descriptor, at: file.offset + from, count: min(file.length - from, budget))
            } else {
                result = gather(to: descriptor)
            }
            switch result {
            case .bytes(let taken):
                advance(by: taken)
                budget -= taken
                written += taken
            case .wouldBlock: return .blocked
            // A file that has become shorter than was announced can't be completed.
            case .ended, .failed: return .failed
            }
        }
        items.removeAll(keepingCapacity: items.capacity <= 16)
        first = 0
        return .drained
    }

    private func gather(to descriptor: Int32) -> System.Transfer {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: Self.gathering) { parts in
            var filled = 0
            for item in items[first...].prefix(Self.gathering) {
                guard case .bytes(let bytes, let from) = item else { break }
                // The array is held by `items` until after the write, and a native array's bytes stay in one place.
                let start = bytes.withUnsafeBytes { $0.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + from) } }
                parts[filled] = iovec(iov_base: start, iov_len: bytes.count - from)
                filled += 1
            }
            return System.send(descriptor, gathering: UnsafeMutableBufferPointer(rebasing: parts[..<filled]))
        }
    }

    private mutating func advance(by taken: Int) {
        var left = taken
        count -= taken
        while left > 0, first < items.count {
            switch items[first] {
            case .bytes(let bytes, let from):
                let rest = bytes.count - from
                if left < rest { items[first] = .bytes(bytes, from: from + left) } else { first += 1 }
                left -= min(left, rest)
            case .file(let file, let from):
                let rest = file.length - from
                if left < rest { items[first] = .file(file, from: from + left) } else { first += 1 }
                left -= min(left, rest)
            }
        }
        // Let go of what is done, now and then, so that a long stream doesn't grow the list.
        if first > 32 {
            items.removeFirst(first)
            first = 0
        }
    }
}
