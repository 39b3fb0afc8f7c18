import Foundation
import NewsIndex

/// Why a checkpoint can't be used, or can't be written.
public struct CheckpointFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// In a sentence.
    public let description: String
    init(_ description: String) { self.description = description }

    /// What the system said last.
    static func system(_ path: String) -> CheckpointFault { CheckpointFault("\(path): \(String(cString: strerror(errno)))") }
}

/// A file that is being written: it is there under its name once all of it is on disk, or not at all.
struct CheckpointWriter: ~Copyable {
    private let folder: String
    private let temporary: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private(set) var checksum = Checksum()
    private(set) var size = 0

    private init(folder: String, temporary: String, descriptor: Int32) {
        self.folder = folder
        self.temporary = temporary
        self.descriptor = descriptor
        buffer.reserveCapacity(Checksum.block)
    }

    /// Begins a file of a folder. There is one at a time.
    static func open(in folder: String) throws(CheckpointFault) -> CheckpointWriter {
        let temporary = folder + "/writing.tmp"
        let descriptor = Foundation.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(temporary) }
        return CheckpointWriter(folder: folder, temporary: temporary, descriptor: descriptor)
    }

    deinit {
        close(descriptor)
        unlink(temporary)
    }

    /// Adds bytes, which are the caller's for the call alone.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(CheckpointFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Checksum.block - buffer.count)
            buffer.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            if buffer.count == Checksum.block { try flush() }
        }
    }

    mutating func write(_ bytes: [UInt8]) throws(CheckpointFault) {
        var failure: CheckpointFault?
        bytes.withUnsafeBytes { bytes in  // for the call
            do throws(CheckpointFault) { try write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func flush() throws(CheckpointFault) {
        var written = 0
        var failure: CheckpointFault?
        // Read during the call alone.
        buffer.withUnsafeBytes { bytes in
            checksum.add(bytes)
            while written < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress! + written, bytes.count - written)  // not empty
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    failure = .system(temporary)
                    return
                }
                written += count
            }
        }
        if let failure { throw failure }
        size += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// Ends the blocks that the checksum is of.
    mutating func endBlock() throws(CheckpointFault) { if !buffer.isEmpty { try flush() } }

    /// Makes the file last, and gives it its name.
    mutating func finish(as name: String) throws(CheckpointFault) {
        try endBlock()
        guard fsync(descriptor) == 0, rename(temporary, folder + "/" + name) == 0 else { throw .system(temporary) }
    }

    /// Makes the names of a folder last.
    static func synchronize(_ folder: String) throws(CheckpointFault) {
        let descriptor = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(folder) }
    }
}

/// A file that is being read.
struct CheckpointReader: ~Copyable {
    private let path: String
    private let descriptor: Int32
    let size: Int

    private init(path: String, descriptor: Int32, size: Int) {
        self.path = path
        self.descriptor = descriptor
        self.size = size
    }

    /// Nil if there is no such file.
    static func open(_ path: String) throws(CheckpointFault) -> CheckpointReader? {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .system(path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw CheckpointFault("\(path) is no file")
        }
        return CheckpointReader(path: path, descriptor: descriptor, size: Int(status.st_size))
    }

    deinit { close(descriptor) }

    /// All of it.
    func bytes() throws(CheckpointFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        var failure: CheckpointFault?
        bytes.withUnsafeMutableBytes { bytes in  // for the call
            do throws(CheckpointFault) { _ = try read(into: bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Fills memory, which is the caller's for the call alone, and answers the sum of it.
    func read(into memory: UnsafeMutableRawBufferPointer) throws(CheckpointFault) -> Checksum {
        var checksum = Checksum()
        var start = 0
        while start < memory.count {
            let block = UnsafeMutableRawBufferPointer(rebasing: memory[start..<min(start + Checksum.block, memory.count)])
            var filled = 0
            while filled < block.count {
                let count = Foundation.read(descriptor, block.baseAddress! + filled, block.count - filled)  // not empty
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw .system(path) }
                guard count > 0 else { throw CheckpointFault("\(path) ends too soon") }
                filled += count
            }
            checksum.add(UnsafeRawBufferPointer(block))
            start += block.count
        }
        return checksum
    }
}
