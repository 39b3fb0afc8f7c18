import CLinux
import Glibc
import HTTPWire

/// A folder, open for as long as this lives.
final class OpenFolder: Sendable {
    enum Found {
        case file(OpenFile)
        case folder
    }

    private let descriptor: Int32

    init(_ path: String) throws(SystemError) {
        descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw .last("open") }
    }

    deinit { System.close(descriptor) }

    /// What is at a path beneath the folder; nil if nothing is that may be shown.
    func open(_ path: FilePath) -> Found? {
        guard let opened = System.openBeneath(descriptor, path.components) else { return nil }
        switch System.kind(of: opened) {
        case .regular(let length, let seconds, let nanoseconds, let inode):
            return .file(OpenFile(opened, length: length, seconds: seconds, nanoseconds: nanoseconds, inode: inode))
        case .folder:
            System.close(opened)
            return path.isFolder ? nil : .folder
        case .other:
            System.close(opened)
            return nil
        }
    }
}

/// A regular file, open for as long as this lives.
final class OpenFile: Sendable {
    let descriptor: Int32
    let length: Int
    let lastModified: HTTPDate
    /// Strong: made of the file's identity, its size and the nanosecond of its last change.
    let tag: EntityTag

    init(_ descriptor: Int32, length: Int, seconds: Int64, nanoseconds: Int, inode: UInt64) {
        self.descriptor = descriptor
        self.length = length
        lastModified = HTTPDate(seconds: seconds)
        tag = EntityTag(
            [UInt64(bitPattern: seconds), UInt64(nanoseconds), UInt64(length), inode].map { String($0, radix: 36) }.joined(separator: "-"))
    }

    deinit { System.close(descriptor) }

    /// A part of the file as a body.
    func body(_ range: Range<Int>) -> FileBody {
        FileBody(descriptor: descriptor, offset: range.lowerBound, length: range.count, owner: self)
    }

    /// A part of the file in memory; nil if it can't be read, or has become shorter.
    func read(_ range: Range<Int>) -> [UInt8]? { System.read(descriptor, at: range.lowerBound, count: range.count) }
}

/// The way from a root folder to a file, decoded and made safe: no empty, dotted or hidden step, no NUL.
struct FilePath {
    /// The steps, at least one.
    let components: [String]
    /// Whether the path ended in "/", so that its last step is the index page.
    let isFolder: Bool

    var name: String { components.last ?? "" }

    /// Decodes a request's path once. nil if it can't name a file that may be shown.
    init?(_ path: ArraySlice<UInt8>) {
        guard path.first == UInt8(ascii: "/") else { return nil }
        var components: [String] = []
        // Taken apart before it is decoded: an encoded slash is a byte of a name, which no file has.
        let parts = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        isFolder = parts.last?.isEmpty ?? true
        for part in isFolder ? parts.dropLast() : parts[...] {
            guard let name = PercentEncoding.decodeText(part), !name.isEmpty, !name.hasPrefix("."),
                !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "/"))
            else { return nil }
            components.append(name)
        }
        if isFolder { components.append("index.html") }
        self.components = components
    }
}

extension System {
    enum FileKind {
        case regular(length: Int, seconds: Int64, nanoseconds: Int, inode: UInt64)
        case folder
        case other
    }

    static func kind(of descriptor: Int32) -> FileKind {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { return .other }
        switch facts.st_mode & S_IFMT {
        case S_IFREG:
            return .regular(
                length: Int(facts.st_size), seconds: Int64(facts.st_mtim.tv_sec), nanoseconds: facts.st_mtim.tv_nsec,
                inode: UInt64(facts.st_ino))
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// Opens for reading what lies at the end of the steps, beneath the folder; links may lead anywhere beneath it.
    static func openBeneath(_ folder: Int32, _ components: [String]) -> Int32? {
        let descriptor = clinux_open_beneath(folder, components.joined(separator: "/"))
        if descriptor >= 0 { return descriptor }
        // Older kernels, and sandboxes that don't know the call: step by step, and without links at all.
        guard errno == ENOSYS || errno == EPERM else { return nil }
        return openWithoutLinks(folder, components)
    }

    static func openWithoutLinks(_ folder: Int32, _ components: [String]) -> Int32? {
        var current = folder
        for (index, name) in components.enumerated() {
            let isLast = index == components.count - 1
            let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | (isLast ? O_RDONLY : O_RDONLY | O_DIRECTORY)
            let next = openat(current, name, flags)
            if current != folder { close(current) }
            if next < 0 { return nil }
            current = next
        }
        return current
    }
}
