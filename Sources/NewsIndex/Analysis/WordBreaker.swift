/// Finds the boundaries of words in UTF-8 (Unicode Standard Annex #29, section 4.1.1).
///
/// The buffer must outlive it, as it does within `withUTF8`. What is not UTF-8 counts as U+FFFD, byte by byte.
package struct WordBreaker {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Whether words end where a script without spaces begins, and small digits are digits: what search wants, not the standard.
    let isTailored: Bool
    private let data = UnicodeData.shared

    /// So many signs within a word at most; it ends before one more.
    static let mostSigns = 32

    package init(_ bytes: UnsafeBufferPointer<UInt8>, isTailored: Bool) {
        self.bytes = bytes
        self.isTailored = isTailored
    }

    struct Look {
        let scalar: UInt32
        let kind: UnicodeData.Kind
        let boundary: WordBreakClass
        /// Where the next one begins.
        let next: Int
    }

    @inline(__always)
    func look(_ at: Int) -> Look {
        let (scalar, length) = UTF8Decoding.scalar(bytes, at)
        let kind = data.kind(scalar)
        var boundary = kind.boundary
        if boundary == .smallDigit { boundary = isTailored ? .numeric : .other }
        return Look(scalar: scalar, kind: kind, boundary: boundary, next: at + length)
    }

    /// The bytes of a range, or as many whole scalars of it as fit in a limit.
    func whole(_ range: Range<Int>, _ limit: Int) -> UnsafeBufferPointer<UInt8> {
        var end = range.upperBound
        if range.count > limit {
            end = range.lowerBound + limit
            while end > range.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        }
        return UnsafeBufferPointer(rebasing: bytes[range.lowerBound..<end])
    }

    /// Where the word, or whatever else stands between two boundaries, ends that begins at `start`, which must be within the text.
    package func end(from start: Int) -> Int { word(from: start).end }

    /// The same, and how many signs are in it that are no letters or digits.
    func word(from start: Int) -> (end: Int, signs: Int) {
        let first = look(start)
        var at = first.next
        // WB3, WB3b
        if first.boundary == .carriageReturn { return (at < bytes.count && bytes[at] == 0x0A ? at + 1 : at, 0) }
        if first.boundary.isLineEnd { return (at, 0) }
        // The class before, looking through what WB4 ignores; the very class before; and whether an odd flag letter was before.
        var previous = first.boundary
        var direct = first.boundary
        var hasOddIndicator = previous == .regionalIndicator
        var signs = 0
        while at < bytes.count {
            let here = look(at)
            let next = here.boundary
            if next.isLineEnd { return (at, signs) }  // WB3a
            let joins: Bool
            if next.isIgnored {  // WB4
                direct = next
                at = here.next
                continue
            } else if direct == .zeroWidthJoiner, here.kind.isPictograph {  // WB3c
                joins = true
            } else if direct == .space, next == .space {  // WB3d
                joins = true
            } else if isTailored, here.kind.isUnspaced {
                return (at, signs)
            } else {
                switch (previous, next) {
                case (.letter, .letter), (.letter, .hebrewLetter), (.hebrewLetter, .letter), (.hebrewLetter, .hebrewLetter),  // WB5
                    (.numeric, .numeric), (.letter, .numeric), (.hebrewLetter, .numeric),  // WB8, WB9
                    (.numeric, .letter), (.numeric, .hebrewLetter), (.katakana, .katakana),  // WB10, WB13
                    (.letter, .extendNumberLetter), (.hebrewLetter, .extendNumberLetter), (.numeric, .extendNumberLetter),  // WB13a
                    (.katakana, .extendNumberLetter), (.extendNumberLetter, .extendNumberLetter), (.extendNumberLetter, .letter),  // WB13b
                    (.extendNumberLetter, .hebrewLetter), (.extendNumberLetter, .numeric), (.extendNumberLetter, .katakana):
                    joins = true
                case (.regionalIndicator, .regionalIndicator):  // WB15, WB16
                    joins = hasOddIndicator
                default:
                    // WB6, WB7, WB7b, WB7c, WB11, WB12: a sign joins if what comes after it does.
                    let isSign =
                        previous.isLetter && next.isBetweenLetters || previous == .numeric && next.isBetweenNumbers
                        || previous == .hebrewLetter && next == .doubleQuote
                    if isSign, signs < WordBreaker.mostSigns || !isTailored, let after = afterSign(here, previous) {
                        previous = after.boundary
                        direct = previous
                        at = after.next
                        signs += 1
                        continue
                    }
                    joins = previous == .hebrewLetter && next == .singleQuote  // WB7a
                    if joins { signs += 1 }
                }
            }
            guard joins else { return (at, signs) }
            if next == .extendNumberLetter { signs += 1 }
            if isTailored, signs > WordBreaker.mostSigns { return (at, signs) }
            hasOddIndicator = next == .regionalIndicator && !(previous == .regionalIndicator && hasOddIndicator)
            previous = next
            direct = next
            at = here.next
        }
        return (at, signs)
    }

    /// The first scalar after a sign that is not ignored, if it lets the sign join it with what was before.
    private func afterSign(_ sign: Look, _ previous: WordBreakClass) -> Look? {
        var at = sign.next
        while at < bytes.count {
            let here = look(at)
            if here.boundary.isIgnored {
                at = here.next
                continue
            }
            if isTailored, here.kind.isUnspaced { return nil }
            let joins =
                switch previous {
                case .numeric: here.boundary == .numeric
                case .hebrewLetter where sign.boundary == .doubleQuote: here.boundary == .hebrewLetter
                default: here.boundary.isLetter
                }
            return joins ? here : nil
        }
        return nil
    }
}

/// Reading scalars out of bytes that may be anything.
enum UTF8Decoding {
    /// The scalar at a place within the buffer, and its length in bytes; U+FFFD and 1 for a byte that begins none
    /// (The Unicode Standard, table 3-7). The pointer is read during the call alone.
    @inline(__always)
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (scalar: UInt32, length: Int) {
        let first = bytes[at]
        if first < 0x80 { return (UInt32(first), 1) }
        let left = bytes.count - at
        if first >= 0xC2, first < 0xE0, left >= 2, bytes[at + 1] & 0xC0 == 0x80 {
            return (UInt32(first & 0x1F) << 6 | UInt32(bytes[at + 1] & 0x3F), 2)
        }
        if first >= 0xE0, first < 0xF0, left >= 3, bytes[at + 1] & 0xC0 == 0x80, bytes[at + 2] & 0xC0 == 0x80 {
            let scalar = UInt32(first & 0x0F) << 12 | UInt32(bytes[at + 1] & 0x3F) << 6 | UInt32(bytes[at + 2] & 0x3F)
            if scalar >= 0x800, scalar & 0xF800 != 0xD800 { return (scalar, 3) }
        }
        if first >= 0xF0, first < 0xF5, left >= 4, bytes[at + 1] & 0xC0 == 0x80, bytes[at + 2] & 0xC0 == 0x80, bytes[at + 3] & 0xC0 == 0x80
        {
            let scalar =
                UInt32(first & 0x07) << 18 | UInt32(bytes[at + 1] & 0x3F) << 12 | UInt32(bytes[at + 2] & 0x3F) << 6
                | UInt32(bytes[at + 3] & 0x3F)
            if scalar >= 0x1_0000, scalar < 0x11_0000 { return (scalar, 4) }
        }
        return (0xFFFD, 1)
    }
}
