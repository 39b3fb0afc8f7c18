/// The closer look: everything that is not a plain word of ASCII. The text's pointer is used during each call alone.
extension AnalysisScratch {
    /// Reads what begins at a place within the text: answers where to go on, with what was found in `found`.
    func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        clear()
        if mode == .plain { return readPlain(bytes, from: start) }
        let breaker = WordBreaker(bytes, isTailored: true)
        let first = breaker.look(start)
        if first.kind.isUnspaced { return readUnspaced(breaker, from: start) }
        guard first.boundary.isWord else { return first.next }
        let word = breaker.word(from: start)
        let end = word.end
        let isInChain = chained == start
        chained = nil
        guard let second = partAfterHyphen(breaker, end) else {
            readWord(breaker, start..<end, word.signs)
            return end
        }
        let secondWord = breaker.word(from: second)
        let secondEnd = secondWord.end
        guard !isInChain, partAfterHyphen(breaker, secondEnd) == nil else {
            // In "state-of-the-art" no two parts make a word of their own.
            readWord(breaker, start..<end, word.signs)
            chained = second
            return second
        }
        readWord(breaker, start..<end, word.signs)
        let firstCount = found.count
        let isFirstOne = positions == 1
        readWord(breaker, second..<secondEnd, secondWord.signs)
        guard isFirstOne, positions == 2, let a = found.first, firstCount < found.count else { return secondEnd }
        let b = found[firstCount]
        // "1986-87" is not one number.
        guard blob[a.exact].contains(where: { $0 > 0x39 }) || blob[b.exact].contains(where: { $0 > 0x39 }) else { return secondEnd }
        guard a.exact.count + b.exact.count <= Analyzer.longestWord else { return secondEnd }
        let joined = write(Analyzer.longestWord) { buffer in
            var length = 0
            for place in [a.exact, b.exact].joined() {
                buffer[length] = blob[place]
                length += 1
            }
            return length
        }
        found.insert(Found(exact: joined, lower: 0..<0, position: 0, range: start..<secondEnd, role: .compound), at: firstCount)
        return secondEnd
    }

    /// Where a word begins that a hyphen or an ampersand ties to what ends here; nil if there is none.
    private func partAfterHyphen(_ breaker: WordBreaker, _ end: Int) -> Int? {
        guard end < breaker.bytes.count else { return nil }
        let sign = breaker.look(end)
        switch sign.scalar {
        case 0x2D, 0x26, 0x2010, 0x2011, 0xFE63, 0xFF0D, 0xFF06:
            guard sign.next < breaker.bytes.count else { return nil }
            let after = breaker.look(sign.next)
            return after.boundary.isWord && !after.kind.isUnspaced ? sign.next : nil
        default: return nil
        }
    }

    // MARK: Scripts without spaces

    /// A run of them is read so many characters at a time.
    private static let unspacedStep = 64

    /// Every two neighbours of a run are a word, and so is its last character alone: what is asked for by one character is found as
    /// what begins with it.
    private func readUnspaced(_ breaker: WordBreaker, from start: Int) -> Int {
        var at = start
        var before: (folded: Range<Int>, range: Range<Int>)?
        var isBegun = false
        while at < breaker.bytes.count {
            let here = breaker.look(at)
            guard here.kind.isUnspaced else { break }
            var end = jamoEnd(breaker, here, at)
            while end < breaker.bytes.count {
                let mark = breaker.look(end)
                guard mark.boundary.isIgnored else { break }
                end = mark.next
            }
            let folded = foldUnspaced(breaker, at..<end)
            if !folded.isEmpty {
                if let before {
                    let pair = before.folded.lowerBound..<folded.upperBound
                    found.append(
                        Found(exact: pair, lower: 0..<0, position: positions, range: before.range.lowerBound..<end, role: .pair))
                    positions += 1
                    isBegun = true
                    if Int(positions) == AnalysisScratch.unspacedStep {
                        unspacedRun = at
                        return at
                    }
                }
                before = (folded, at..<end)
            }
            at = end
        }
        if let before {
            let isAlone = !isBegun && unspacedRun != start
            found.append(
                Found(exact: before.folded, lower: 0..<0, position: positions, range: before.range, role: isAlone ? .single : .tail))
            positions += 1
        }
        unspacedRun = nil
        return at
    }

    /// The end of a Korean syllable that is written in parts (The Unicode Standard, section 3.12); otherwise that of the scalar.
    private func jamoEnd(_ breaker: WordBreaker, _ first: WordBreaker.Look, _ at: Int) -> Int {
        guard 0x1100...0x1112 ~= first.scalar, first.next < breaker.bytes.count else { return first.next }
        let vowel = breaker.look(first.next)
        guard 0x1161...0x1175 ~= vowel.scalar else { return first.next }
        guard vowel.next < breaker.bytes.count else { return vowel.next }
        let tail = breaker.look(vowel.next)
        return 0x11A8...0x11C2 ~= tail.scalar ? tail.next : vowel.next
    }

    /// A character with its marks, so many bytes at most.
    private static let longestCharacter = 48

    private func foldUnspaced(_ breaker: WordBreaker, _ range: Range<Int>) -> Range<Int> {
        let bytes = breaker.whole(range, 4 * AnalysisScratch.longestCharacter)
        let folded = write(AnalysisScratch.longestCharacter) { Folding.fold(bytes, into: $0) }
        // Parts of Korean syllables, and voiced kana written as two, are rare: they are put together by Foundation.
        let isInParts =
            folded.count > 3
            && (blob[folded.lowerBound] == 0xE1 && 0x84...0x87 ~= blob[folded.lowerBound + 1]
                || blob[folded].dropFirst(3).starts(with: [0xE3, 0x82, 0x99])
                || blob[folded].dropFirst(3).starts(with: [0xE3, 0x82, 0x9A]))
        guard isInParts else { return folded }
        let composed = String(decoding: blob[folded], as: UTF8.self).precomposedStringWithCanonicalMapping
        unwrite(to: folded.lowerBound)
        return write(AnalysisScratch.longestCharacter) { buffer in
            var length = 0
            for byte in composed.utf8.prefix(buffer.count) {
                buffer[length] = byte
                length += 1
            }
            return length
        }
    }

    // MARK: Plain words

    /// A run of letters and digits, as `Analyzer.Mode.plain` has it.
    private func readPlain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        while at < bytes.count {
            let (value, length) = UTF8Decoding.scalar(bytes, at)
            guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
                break
            }
            at += length
        }
        guard at > start else { return start + UTF8Decoding.scalar(bytes, start).length }
        positions = 1
        guard at - start < Analyzer.longestPlainWord else { return at }
        // In lower case one scalar may become three.
        let exact = write(4 * Analyzer.longestPlainWord) { buffer in
            var length = 0
            for scalar in String(decoding: bytes[start..<at], as: UTF8.self).unicodeScalars {
                for byte in scalar.properties.lowercaseMapping.utf8 where length < buffer.count {
                    buffer[length] = byte
                    length += 1
                }
            }
            return length
        }
        found.append(Found(exact: exact, lower: 0..<0, position: 0, range: start..<at, role: .word))
        return at
    }
}
