import Foundation

/// Keeps a second writer out of a data folder, for as long as it lives.
///
/// An advisory lock on an open file: the kernel lets go of it however the process ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    init(folder: String) throws(JournalError) {
        let path = folder + "/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .failed("\(path): \(String(cString: strerror(errno)))") }
        // `deinit` closes it, after a refusal too.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .inUse("another dateline writes to \(folder)") }
    }

    deinit {
        if descriptor >= 0 { Foundation.close(descriptor) }
    }
}
