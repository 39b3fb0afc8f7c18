/// Choosing the fragments.
extension Highlighter {
    /// Longer fragments than so many times what was asked for are cut, even within a match.
    private static let longest = 4

    /// The best parts of a text, at most `limit`, in its order and apart from each other, each about `length` scalars long. Those with more
    /// different words of the query are better, and so are those with words that no better one has. None if nothing matches.
    public func fragments(of text: String, limit: Int = 3, length: Int = 160) -> [Fragment] {
        guard !isEmpty, limit > 0, length > 0 else { return [] }
        var text = text
        // The bytes are read during the call alone.
        return text.withUTF8 { bytes in
            let matches = located(matches(bytes), bytes)
            var seen = [Bool](repeating: false, count: needles.count)
            var taken: [TextRange] = []
            while taken.count < limit, let window = best(matches, length, seen, apartFrom: taken) {
                let range = widened(matches[window], length, bytes, apartFrom: taken)
                for match in matches[window] { seen[match.needle] = true }
                taken.append(range)
            }
            return taken.sorted { $0.start.scalar < $1.start.scalar }.map { fragment($0, matches, bytes) }
        }
    }

    // MARK: Places

    /// A place in the text, in bytes and in scalars.
    struct TextPlace {
        var byte: Int
        var scalar: Int
    }

    struct TextRange {
        var start: TextPlace
        var end: TextPlace
        var length: Int { end.scalar - start.scalar }
    }

    struct Located {
        var range: TextRange
        var needle: Int
    }

    /// Counts the scalars up to each match, in one go over the text. The pointer is read during the call alone.
    private func located(_ matches: [Found], _ bytes: UnsafeBufferPointer<UInt8>) -> [Located] {
        var places = matches.flatMap { [$0.range.lowerBound, $0.range.upperBound] }.sorted()
        places = places.enumerated().filter { $0.offset == 0 || places[$0.offset - 1] != $0.element }.map(\.element)
        var scalars: [Int: Int] = [:]
        var (byte, scalar) = (0, 0)
        for place in places {
            while byte < place {
                if bytes[byte] & 0xC0 != 0x80 { scalar += 1 }
                byte += 1
            }
            scalars[place] = scalar
        }
        func place(_ byte: Int) -> TextPlace { TextPlace(byte: byte, scalar: scalars[byte] ?? 0) }
        return matches.map {
            Located(range: TextRange(start: place($0.range.lowerBound), end: place($0.range.upperBound)), needle: $0.needle)
        }
    }

    // MARK: Windows

    /// The best run of matches that fits in a length, by different needles first; those seen already count little, and so do
    /// repetitions. The earliest of equals.
    private func best(_ matches: [Located], _ length: Int, _ seen: [Bool], apartFrom taken: [TextRange]) -> Range<Int>? {
        func isFree(_ match: Located) -> Bool {
            taken.allSatisfy { match.range.end.byte <= $0.start.byte || match.range.start.byte >= $0.end.byte }
        }
        func worth(_ needle: Int) -> Int { (seen[needle] ? 3 : 10) * (9 + min(needles[needle], 8)) }
        func change(_ needle: Int, _ count: Int) -> Int { count == 1 ? worth(needle) : count < 4 ? 1 : 0 }
        var best: (score: Int, window: Range<Int>)?
        var counts = [Int](repeating: 0, count: needles.count)
        var (first, score) = (0, 0)
        for (last, match) in matches.enumerated() {
            let isFree = isFree(match)
            if isFree {
                counts[match.needle] += 1
                score += change(match.needle, counts[match.needle])
            }
            // What is too far back goes out; all of it does where another fragment is in between.
            while first < last, !isFree || match.range.end.scalar - matches[first].range.start.scalar > length {
                let gone = matches[first].needle
                score -= change(gone, counts[gone])
                counts[gone] -= 1
                first += 1
            }
            if !isFree { first = last + 1 } else if score > best?.score ?? 0 { best = (score, first..<last + 1) }
        }
        return best?.window
    }

    /// Room around the matches: back to where the sentence begins if that is near, on to the end of a word.
    private func widened(
        _ matches: ArraySlice<Located>, _ length: Int, _ bytes: UnsafeBufferPointer<UInt8>, apartFrom taken: [TextRange]
    ) -> TextRange {
        guard let first = matches.first else { return TextRange(start: TextPlace(byte: 0, scalar: 0), end: TextPlace(byte: 0, scalar: 0)) }
        let begin = first.range.start
        var end = first.range.end
        for match in matches where match.range.end.byte > end.byte { end = match.range.end }
        let walk = TextWalk(bytes: bytes)
        let earliest = taken.map(\.end.byte).filter { $0 <= begin.byte }.max() ?? 0
        let latest = taken.map(\.start.byte).filter { $0 >= end.byte }.min() ?? bytes.count
        let room = max(0, length - (end.scalar - begin.scalar))
        let start =
            walk.sentenceStart(from: begin, within: room * 2 / 3, notBefore: earliest)
            ?? walk.wordStart(from: begin, within: room / 3, notBefore: earliest)
        let left = max(0, length - (end.scalar - start.scalar))
        var stop = walk.wordEnd(from: end, within: left, notAfter: latest)
        if stop.scalar - start.scalar > Highlighter.longest * length {
            stop = walk.forward(start, Highlighter.longest * length, notAfter: bytes.count)
        }
        return TextRange(start: start, end: stop)
    }

    /// The pointer is read during the call alone.
    private func fragment(_ range: TextRange, _ matches: [Located], _ bytes: UnsafeBufferPointer<UInt8>) -> Fragment {
        var inside: [Match] = []
        for match in matches where match.range.end.byte > range.start.byte && match.range.start.byte < range.end.byte {
            let start = max(match.range.start.scalar, range.start.scalar)
            let end = min(match.range.end.scalar, range.end.scalar)
            if let last = inside.last, start < last.offset + last.length {
                inside[inside.count - 1].length = max(last.length, end - last.offset)
            } else {
                inside.append(Match(offset: start, length: end - start))
            }
        }
        return Fragment(
            offset: range.start.scalar, length: range.length,
            text: String(decoding: bytes[range.start.byte..<range.end.byte], as: UTF8.self), matches: inside)
    }
}

/// Walking over the scalars of a text, a few at a time. The pointer is the caller's, for as long as it has it.
struct TextWalk {
    typealias Place = Highlighter.TextPlace
    let bytes: UnsafeBufferPointer<UInt8>

    /// No word is so long that a fragment is cut short for it.
    private static let longestWord = 40

    func forward(_ place: Place, _ count: Int, notAfter limit: Int) -> Place {
        var place = place
        var left = count
        while left > 0, place.byte < limit {
            place = next(place)
            left -= 1
        }
        return place
    }

    /// Where a sentence or a line begins, so many scalars back at most.
    func sentenceStart(from place: Place, within room: Int, notBefore limit: Int) -> Place? {
        var here = place
        for _ in 0...room {
            if here.byte <= limit { return here.byte == 0 ? here : nil }
            let before = previous(here)
            if bytes[before.byte] == 0x0A { return here }
            if isBlank(before.byte), before.byte > 0, [0x2E, 0x21, 0x3F].contains(bytes[before.byte - 1]), !isBlank(here.byte) {
                return here
            }
            here = before
        }
        return nil
    }

    /// The first beginning of a word among so many scalars back.
    func wordStart(from place: Place, within room: Int, notBefore limit: Int) -> Place {
        var start = place
        for _ in 0..<room {
            guard start.byte > limit else { break }
            start = previous(start)
        }
        guard start.byte > 0 else { return start }
        var here = start
        for _ in 0..<TextWalk.longestWord where here.byte < place.byte {
            if here.byte == limit || isBlank(previous(here).byte), !isBlank(here.byte) { return here }
            here = next(here)
        }
        if here.byte >= place.byte { return place }
        while start.byte < place.byte, isMark(start.byte) { start = next(start) }
        return start
    }

    /// The last end of a word among so many scalars on.
    func wordEnd(from place: Place, within room: Int, notAfter limit: Int) -> Place {
        let end = forward(place, room, notAfter: limit)
        if end.byte >= bytes.count { return trimmed(end, place) }
        var here = end
        for _ in 0..<TextWalk.longestWord where here.byte > place.byte {
            if isBlank(here.byte) { return trimmed(here, place) }
            here = previous(here)
        }
        if here.byte <= place.byte { return place }
        here = end
        while here.byte > place.byte, isMark(here.byte) { here = previous(here) }
        return here
    }

    private func trimmed(_ end: Place, _ place: Place) -> Place {
        var end = end
        while end.byte > place.byte, isBlank(previous(end).byte) { end = previous(end) }
        return end
    }

    private func next(_ place: Place) -> Place {
        Place(byte: place.byte + UTF8Decoding.scalar(bytes, place.byte).length, scalar: place.scalar + 1)
    }

    private func previous(_ place: Place) -> Place {
        var byte = place.byte - 1
        while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
        return Place(byte: byte, scalar: place.scalar - 1)
    }

    private func isBlank(_ byte: Int) -> Bool { byte < bytes.count && bytes[byte] <= 0x20 }

    private func isMark(_ byte: Int) -> Bool {
        byte < bytes.count && UnicodeData.shared.kind(UTF8Decoding.scalar(bytes, byte).scalar).boundary.isIgnored
    }
}
