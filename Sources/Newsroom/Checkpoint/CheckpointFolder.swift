import Dispatch
import Foundation
import JSON
import Journal
import NewsIndex
import Synchronization

/// An index on disk beside its journal, so that a start reads that, and folds only what came since.
///
/// One file for each segment, named by its sum, and `manifest`, which says which segments there are, holds everything else, and
/// comes last. A file is written once and never changed. The journal is the truth: what is here may be deleted at any time.
public struct CheckpointFolder: Sendable {
    /// Where it is.
    public let path: String
    private var manifestPath: String { path + "/manifest" }

    /// The format of the files, segments and their postings among them: whoever changes any of it raises this. A checkpoint of another
    /// format is not read.
    static let format: UInt64 = 6
    private static let magic = Array("Dateline".utf8)
    /// Magic, format and the length of the header before it; the sum of all behind the state.
    private static let frame = 24

    /// A folder that is made when something is saved.
    public init(_ path: String) { self.path = path }

    // MARK: Saving

    /// Segments that are on disk, with their files' names and sizes.
    struct Saved: Sendable {
        var files: [SavedSegment] = []
    }

    /// What is on disk of a segment. It lives no longer for that: once it is merged nobody needs it in memory.
    struct SavedSegment: Sendable {
        weak var segment: Segment?
        let name: String
        let size: Int
    }

    /// Saves an index whose changes are all in the journal.
    package func save(_ index: Index, of journal: any Journal) throws(CheckpointFault) {
        var saved = Saved()
        try save(index, of: journal, &saved)
    }

    /// Saves an index whose changes are all in the journal, and lets go of what was saved before. Segments that `saved` has are not
    /// written again.
    func save(_ index: Index, of journal: any Journal, _ saved: inout Saved) throws(CheckpointFault) {
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            throw CheckpointFault("\(path): \(error.localizedDescription)")
        }
        var files: [SavedSegment] = []
        for segment in index.segments {
            if let file = saved.files.first(where: { $0.segment === segment }) {
                files.append(file)
            } else {
                files.append(try write(segment))
            }
        }
        saved.files = files
        try CheckpointWriter.synchronize(path)
        let header = header(files, try JournalMark.marks(of: journal, upTo: index.sequence))
        var manifest = CheckpointFolder.magic
        // Copied at once, as the sum below.
        for number in [CheckpointFolder.format, UInt64(header.count)] { withUnsafeBytes(of: number.littleEndian) { manifest += $0 } }
        manifest += header
        manifest += index.state()
        let sum = Checksum(manifest).value.littleEndian
        withUnsafeBytes(of: sum) { manifest += $0 }
        var writer = try CheckpointWriter.open(in: path)
        try writer.write(manifest)
        try writer.finish(as: "manifest")
        try CheckpointWriter.synchronize(path)
        let kept = Set(files.map(\.name) + ["manifest"])
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where !kept.contains(name) {
            unlink(path + "/" + name)
        }
    }

    private func write(_ segment: Segment) throws(CheckpointFault) -> SavedSegment {
        var writer = try CheckpointWriter.open(in: path)
        do { try segment.writeImage { try writer.write($0) } } catch { throw error as? CheckpointFault ?? CheckpointFault("\(error)") }
        try writer.endBlock()
        let name = writer.checksum.text + ".segment"
        try writer.finish(as: name)
        return SavedSegment(segment: segment, name: name, size: writer.size)
    }

    private func header(_ files: [SavedSegment], _ marks: [JournalMark]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("marks")
            writer.array { writer in
                for mark in marks {
                    writer.object { writer in
                        writer.member("sequence", String(mark.sequence))
                        writer.member("sum", mark.sum)
                    }
                }
            }
            writer.key("segments")
            writer.array { writer in
                for file in files {
                    writer.object { writer in
                        writer.member("file", file.name)
                        writer.member("size", String(file.size))
                    }
                }
            }
        }
        return writer.bytes
    }

    // MARK: Reading

    /// The index that was saved, if it is one of this journal; nil if there is none.
    public func index(of journal: any Journal) throws(CheckpointFault) -> Index? {
        var saved = Saved()
        return try index(of: journal, &saved)
    }

    func index(of journal: any Journal, _ saved: inout Saved) throws(CheckpointFault) -> Index? {
        guard let reader = try CheckpointReader.open(manifestPath) else { return nil }
        let manifest = try reader.bytes()
        let size = manifest.count
        guard size >= CheckpointFolder.frame + 8, manifest.starts(with: CheckpointFolder.magic) else {
            throw CheckpointFault("\(manifestPath) is no manifest")
        }
        let format = CheckpointFolder.number(manifest, at: 8)
        guard format == CheckpointFolder.format else { throw CheckpointFault("\(manifestPath) has format \(format)") }
        guard Checksum(Array(manifest.dropLast(8))).value == CheckpointFolder.number(manifest, at: size - 8),
            let length = Int(exactly: CheckpointFolder.number(manifest, at: 16)), length <= size - CheckpointFolder.frame - 8,
            let (files, marks) = header(Array(manifest[CheckpointFolder.frame..<CheckpointFolder.frame + length]))
        else { throw CheckpointFault("\(manifestPath) is damaged") }
        for mark in marks where try !mark.isIn(journal) { throw CheckpointFault("\(path) belongs to another journal") }
        let images = try images(files)
        guard let index = Index(state: Array(manifest[(CheckpointFolder.frame + length)..<(size - 8)]), images),
            index.sequence == marks.last?.sequence
        else { throw CheckpointFault("\(path) was written by another version") }
        saved.files = zip(index.segments, files).map { SavedSegment(segment: $0, name: $1.name, size: $1.size) }
        return index
    }

    private static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64($1 * 8) }
    }

    private func header(_ bytes: [UInt8]) -> (files: [(name: String, size: Int)], marks: [JournalMark])? {
        var reader = JSONReader(bytes)
        guard let header = try? reader.value(), case .array(let segments)? = header["segments"], case .array(let marks)? = header["marks"]
        else { return nil }
        var files: [(name: String, size: Int)] = []
        for segment in segments {
            guard case .string(let name)? = segment["file"], !name.contains("/"), case .string(let text)? = segment["size"],
                let size = Int(text)
            else { return nil }
            files.append((name, size))
        }
        let read = marks.compactMap { mark -> JournalMark? in
            guard case .string(let text)? = mark["sequence"], let sequence = UInt64(text), case .string(let sum)? = mark["sum"] else {
                return nil
            }
            return JournalMark(sequence: sequence, sum: sum)
        }
        return read.isEmpty || read.count < marks.count ? nil : (files, read)
    }

    /// The images of the segments, read on all cores.
    private func images(_ files: [(name: String, size: Int)]) throws(CheckpointFault) -> [SegmentImage] {
        // Held to put a result in its place.
        let results = Mutex<[Result<SegmentImage, CheckpointFault>?]>(Array(repeating: nil, count: files.count))
        DispatchQueue.concurrentPerform(iterations: files.count) { place in
            let result = Result { () throws(CheckpointFault) in try image(files[place].name, files[place].size) }
            results.withLock { $0[place] = result }
        }
        var images: [SegmentImage] = []
        for result in results.withLock({ $0 }) { if let result { images.append(try result.get()) } }
        return images
    }

    private func image(_ name: String, _ size: Int) throws(CheckpointFault) -> SegmentImage {
        guard let reader = try CheckpointReader.open(path + "/" + name) else { throw CheckpointFault("\(path)/\(name) is missing") }
        guard reader.size == size else { throw CheckpointFault("\(path)/\(name) has another size than it should") }
        var checksum = Checksum()
        let image = try SegmentImage(byteCount: size) { (memory) throws(CheckpointFault) in checksum = try reader.read(into: memory) }
        guard let image, checksum.text + ".segment" == name else { throw CheckpointFault("\(path)/\(name) is damaged") }
        return image
    }
}

/// A record by which a journal is known again.
struct JournalMark: Equatable {
    let sequence: UInt64
    let sum: String

    /// The first record, one in the middle, and the last.
    static func marks(of journal: any Journal, upTo last: UInt64) throws(CheckpointFault) -> [JournalMark] {
        var marks: [JournalMark] = []
        for sequence in [1, last / 2, last] {
            guard let sum = try sum(sequence, journal) else { throw CheckpointFault("the journal has no record \(sequence)") }
            marks.append(JournalMark(sequence: sequence, sum: sum))
        }
        return marks
    }

    func isIn(_ journal: any Journal) throws(CheckpointFault) -> Bool { try JournalMark.sum(sequence, journal) == sum }

    private static func sum(_ sequence: UInt64, _ journal: any Journal) throws(CheckpointFault) -> String? {
        guard sequence > 0 else { return "" }
        do throws(JournalError) {
            guard let record = try journal.records(after: sequence - 1, limit: 1).first, record.sequence == sequence else { return nil }
            return Checksum(Array("\(record.sequence) \(record.kind) \(record.time)\n".utf8) + record.body).text
        } catch {
            throw CheckpointFault(error.description)
        }
    }
}
