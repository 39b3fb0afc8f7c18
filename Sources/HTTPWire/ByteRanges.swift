/// The byte ranges that a Range field asks for (RFC 9110 §14).
public enum ByteRanges: Sendable, Equatable {
    /// The field is to be ignored: another unit, malformed, or asking for more than the whole.
    case ignored
    /// 416: nothing of what is asked for exists.
    case unsatisfiable
    /// At least one range, in the order asked for, each within the representation and not empty.
    case ranges([Range<Int>])

    /// Reads a Range field against a representation.
    /// - Parameters:
    ///   - field: the field's value.
    ///   - length: bytes of the representation, from 0.
    ///   - limit: more ranges than this are ignored, as are ranges that are together longer than the whole (§14.2, §17.15).
    public init(_ field: ArraySlice<UInt8>, length: Int, limit: Int = 16) {
        let unit = Array("bytes=".utf8)
        guard field.count > unit.count, zip(field, unit).allSatisfy({ $0.lowercased == $1 }) else {
            self = .ignored
            return
        }
        var found: [Range<Int>] = []
        var seen = 0
        for part in field.dropFirst(unit.count).split(separator: UInt8(ascii: ",")) {
            let part = part.trimmingBlanks
            if part.isEmpty { continue }
            seen += 1
            guard seen <= limit, let spec = Spec(part), !spec.isWholeOfNothing(in: length) else {
                self = .ignored
                return
            }
            if let range = spec.range(in: length) { found.append(range) }
        }
        if seen == 0 {
            self = .ignored
        } else if found.isEmpty {
            self = .unsatisfiable
        } else if found.count > 1, Self.exceeds(found, length) {
            self = .ignored
        } else {
            self = .ranges(found)
        }
    }

    /// Whether the ranges are together longer than the whole; each alone isn't.
    private static func exceeds(_ ranges: [Range<Int>], _ length: Int) -> Bool {
        var left = length
        for range in ranges {
            if range.count > left { return true }
            left -= range.count
        }
        return false
    }

    private enum Spec {
        case from(Int, through: Int?)
        case last(Int)

        /// RFC 9110 §14.1.1: `first-`, `first-last` with first <= last, or `-count`.
        init?(_ text: ArraySlice<UInt8>) {
            guard let dash = text.firstIndex(of: UInt8(ascii: "-")) else { return nil }
            let after = text[(dash + 1)...]
            if dash == text.startIndex {
                guard let count = after.clampedNumber else { return nil }
                self = .last(count)
                return
            }
            guard let first = text[..<dash].clampedNumber else { return nil }
            if after.isEmpty {
                self = .from(first, through: nil)
                return
            }
            guard let last = after.clampedNumber, first <= last else { return nil }
            self = .from(first, through: last)
        }

        /// RFC 9110 §14.1.2: the last bytes of an empty representation are satisfiable, but no Content-Range can say so.
        func isWholeOfNothing(in length: Int) -> Bool {
            if case .last(let count) = self { length == 0 && count > 0 } else { false }
        }

        func range(in length: Int) -> Range<Int>? {
            switch self {
            case .from(let first, let last):
                guard first < length else { return nil }
                return first..<(last.map { min($0, length - 1) } ?? length - 1) + 1
            case .last(let count):
                let taken = min(count, length)
                return taken > 0 ? length - taken..<length : nil
            }
        }
    }
}

extension ArraySlice<UInt8> {
    var trimmingBlanks: ArraySlice<UInt8> {
        let front = drop(while: \.isBlank)
        return front.prefix((front.lastIndex { !$0.isBlank } ?? front.startIndex - 1) - front.startIndex + 1)
    }

    /// Digits as a number, or the largest one if they are more than that (RFC 9110 §14.1.1); nil if there is anything else, or nothing.
    fileprivate var clampedNumber: Int? {
        guard !isEmpty else { return nil }
        var number = 0
        for byte in self {
            guard byte.isDigit else { return nil }
            let (tens, first) = number.multipliedReportingOverflow(by: 10)
            let (sum, second) = tens.addingReportingOverflow(Int(byte &- 0x30))
            number = first || second ? .max : sum
        }
        return number
    }
}
