import Foundation

/// Reads a file or standard input line by line, in portions, so that its size doesn't matter.
struct LineSource {
    /// A line longer than this is handed on in part, to be refused.
    static let lineLimit = 64 << 20

    private let handle: FileHandle
    /// Bytes in the whole; nil where that can't be known.
    let size: Int?
    private(set) var position = 0
    private var rest = Data()
    private var isAtEnd = false

    /// nil if the file can't be opened. `-` is standard input.
    init?(path: String) {
        if path == "-" {
            handle = .standardInput
            size = nil
            return
        }
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        size = (attributes?[.type] as? FileAttributeType) == .typeRegular ? (attributes?[.size] as? NSNumber)?.intValue : nil
    }

    /// How much has been read, 0 to 1.
    var fraction: Double? { size.map { $0 == 0 ? 1 : Double(position) / Double($0) } }

    /// The next lines, without their ends; empty at the end of the file.
    mutating func next() throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while lines.isEmpty, !isAtEnd {
            guard let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty else {
                isAtEnd = true
                if !rest.isEmpty { lines.append([UInt8](rest)) }
                break
            }
            position += piece.count
            rest.append(piece)
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                lines.append([UInt8](rest[start..<end]))
                start = end + 1
            }
            rest = Data(rest[start...])
            if rest.count > LineSource.lineLimit {
                lines.append([UInt8](rest))
                rest = Data()
            }
        }
        return lines
    }
}
