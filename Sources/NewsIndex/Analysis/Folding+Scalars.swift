import Foundation

extension Folding {
    /// Folds UTF-8 into a buffer, as much as fits in whole scalars, and answers how many bytes it wrote. The pointers are used
    /// during the call alone.
    ///
    /// Every scalar is folded by itself: case (Unicode's full case folding), marks of alphabets, width and other compatibility, and
    /// letters with a stroke and the like that people type without. `digraphs` writes ä, ö, ü, ø and å with two letters.
    static func fold(
        _ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>, digraphs: Bool = false
    ) -> Int {
        let data = UnicodeData.shared
        var length = 0
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte < 0x80 {
                guard length < buffer.count else { return length }
                buffer[length] = byte &- 0x41 < 26 ? byte | 0x20 : byte
                length += 1
                at += 1
                continue
            }
            let (scalar, size) = UTF8Decoding.scalar(bytes, at)
            if digraphs, let second = secondLetter(scalar), let first = data.folding(scalar)?.first {
                guard length + 2 <= buffer.count else { return length }
                buffer[length] = first
                buffer[length + 1] = second
                length += 2
            } else {
                let source = data.folding(scalar) ?? UnsafeBufferPointer(rebasing: bytes[at..<at + size])
                guard length + source.count <= buffer.count else { return length }
                for byte in source {
                    buffer[length] = byte
                    length += 1
                }
            }
            at += size
        }
        return length
    }

    /// What German and Nordic writers put after the bare letter where the letter can't be had.
    @inline(__always)
    static func secondLetter(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0xC4, 0xE4, 0xD6, 0xF6, 0xDC, 0xFC, 0xD8, 0xF8: UInt8(ascii: "e")
        case 0xC5, 0xE5: UInt8(ascii: "a")
        default: nil
        }
    }

    /// Writes UTF-8 in lower case into a buffer, accents and all and composed, as the stemmers want it: as much as fits in whole
    /// scalars. Answers how many bytes it wrote. The pointers are used during the call alone.
    static func lower(
        _ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>, isTurkic: Bool = false
    ) -> Int {
        let data = UnicodeData.shared
        var length = 0
        var at = 0
        func append(_ source: some Collection<UInt8>) -> Bool {
            guard length + source.count <= buffer.count else { return false }
            for byte in source {
                buffer[length] = byte
                length += 1
            }
            return true
        }
        while at < bytes.count {
            let (scalar, size) = UTF8Decoding.scalar(bytes, at)
            let source = UnsafeBufferPointer(rebasing: bytes[at..<at + size])
            at += size
            if isTurkic, scalar == 0x49 || scalar == 0x130 {
                guard append(scalar == 0x49 ? "ı".utf8 : "i".utf8) else { return length }
            } else if scalar < 0x80 {
                guard length < buffer.count else { return length }
                buffer[length] = scalar &- 0x41 < 26 ? UInt8(scalar) | 0x20 : UInt8(scalar)
                length += 1
            } else if scalar == 0x2019 {
                guard append(CollectionOfOne(UInt8(ascii: "'"))) else { return length }
            } else if data.kind(scalar).isUppercase, let scalar = Unicode.Scalar(scalar) {
                guard append(scalar.properties.lowercaseMapping.utf8) else { return length }
            } else if 0x300..<0x370 ~= scalar, let whole = String(validating: bytes, as: UTF8.self) {
                // Decomposed text is rare: it is composed as a whole, and begun again.
                let composed = Array(whole.precomposedStringWithCanonicalMapping.utf8)
                guard composed.count < bytes.count else {
                    guard append(source) else { return length }
                    continue
                }
                return composed.withUnsafeBufferPointer { lower($0, into: buffer, isTurkic: isTurkic) }
            } else if !isInvisible(scalar) {
                guard append(source) else { return length }
            }
        }
        return length
    }

    /// Whether a scalar only says how a word may be broken or joined.
    private static func isInvisible(_ scalar: UInt32) -> Bool {
        scalar == 0xAD || 0x200B...0x200F ~= scalar || 0x2060...0x2064 ~= scalar || scalar == 0xFEFF
    }
}
