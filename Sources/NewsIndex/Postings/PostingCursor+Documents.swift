/// Which documents have the term.
extension PostingCursor {
    /// The first document from one on that may have the term; `Int.max` if there is none.
    mutating func next(from document: Int) -> Int {
        if bitmap != nil { return document < segmentCount ? document : .max }
        windowBlock = block(of: document, from: windowBlock)
        guard windowBlock < blockCount else { return .max }
        load(windowBlock)
        let place = lowerBound(documents, blockSize, UInt32(truncatingIfNeeded: document))
        return place < blockSize ? Int(documents[place]) : .max
    }

    /// Adds the documents from `base` on to a window's bits, leaving out some that are not in `mask`, which has no more than `few`.
    mutating func fill(_ base: Int, _ words: Int, few: Int, mask: UnsafePointer<UInt64>, into bits: UnsafeMutablePointer<UInt64>) {
        if let bitmap {
            let source = UnsafeRawPointer(bitmap) + base / 8
            for word in 0..<words { bits[word] |= source.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) }
            return
        }
        let end = base &+ words &* 64
        var current = block(of: base, from: windowBlock)
        windowBlock = current
        if few < PostingCursor.searched, few < postings(base, words) / 16 {
            forEachBit(mask, words) { (bit) throws(Never) in
                if find(base &+ bit) != nil { bits[bit &>> 6] |= 1 &<< UInt64(bit & 63) }
            }
            return
        }
        while current < blockCount {
            let from = max(first(current), base)
            guard from < end else { return }
            let last = last(current)
            if PostingCursor.hasBits(mask, from &- base, min(last &+ 1, end) &- base) {
                load(current)
                var place = from == base ? lowerBound(documents, blockSize, UInt32(truncatingIfNeeded: base)) : 0
                while place < blockSize {
                    let bit = Int(documents[place]) &- base
                    guard bit < words &* 64 else { break }
                    bits[bit &>> 6] |= 1 &<< UInt64(bit & 63)
                    place &+= 1
                }
            }
            guard last < end &- 1 else { return }
            current &+= 1
        }
    }

    /// Adds the whole list to some bits, if it is one of bits itself. The pointer is the caller's.
    func copyBits(to bits: UnsafeMutablePointer<UInt64>) -> Bool {
        guard let bitmap else { return false }
        let source = UnsafeRawPointer(bitmap)
        for word in 0..<(segmentCount + 63) / 64 { bits[word] |= source.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) }
        return true
    }

    /// Fewer documents of a window than this are looked up one by one, if it has many more.
    private static let searched = 48

    /// Whether a bit from one to before another is set.
    @inline(__always)
    private static func hasBits(_ mask: UnsafePointer<UInt64>, _ from: Int, _ end: Int) -> Bool {
        guard from < end else { return false }
        let (first, last) = (from &>> 6, (end &- 1) &>> 6)
        let head = mask[first] & (.max &<< UInt64(from & 63))
        let foot: UInt64 = .max &>> UInt64(63 &- (end &- 1) & 63)
        if first == last { return head & foot != 0 }
        if head != 0 || mask[last] & foot != 0 { return true }
        for word in first &+ 1..<last where mask[word] != 0 { return true }
        return false
    }

    /// Where a document's counts are, if it has the term: its block, and its place in the block.
    @inline(__always)
    mutating func find(_ document: Int) -> (block: Int, place: Int)? {
        if let bitmap {
            let words = UnsafeRawPointer(bitmap)
            let word = document &>> 6
            let bits = words.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
            guard bits &>> UInt64(document & 63) & 1 == 1 else { return nil }
            // From the word looked at last, or from where the rank is told.
            let span = word / (PostingEncoder.rankSpan / 64)
            var before = span &* (PostingEncoder.rankSpan / 64)
            if rankedWord > word || rankedWord < before {
                rank = Int(ranks.loadUnaligned(fromByteOffset: span &* 4, as: UInt32.self))
            } else {
                before = rankedWord
            }
            while before < word {
                rank &+= words.loadUnaligned(fromByteOffset: before &* 8, as: UInt64.self).nonzeroBitCount
                before &+= 1
            }
            rankedWord = word
            let rank = rank &+ (bits & ((1 &<< UInt64(document & 63)) &- 1)).nonzeroBitCount
            return rank < blocks &* BlockCodec.size ? (rank &>> 7, rank & 127) : (blocks, rank &- blocks &* BlockCodec.size)
        }
        let wanted = block >= 0 && first(block) <= document && document <= last(block) ? block : block(of: document, from: windowBlock)
        guard wanted < blockCount else { return nil }
        load(wanted)
        let target = UInt32(truncatingIfNeeded: document)
        // Most often the one that is looked for comes soon after the last one.
        if place &+ 1 < blockSize, documents[place &+ 1] == target {
            place &+= 1
            return (wanted, place)
        }
        let start = place < blockSize && documents[place] <= target ? place : 0
        place = min(start &+ steadyLowerBound(documents + start, blockSize &- start, target), blockSize &- 1)
        return documents[place] == target ? (wanted, place) : nil
    }

    /// The largest impact that a document of a window can have, as far as the blocks say.
    mutating func impact(_ base: Int, _ words: Int) -> UInt8 {
        guard isText, blocks > 0 else { return 255 }
        var most: UInt8 = 0
        var current = block(of: base, from: windowBlock)
        windowBlock = current
        while current < blockCount, first(current) < base &+ words &* 64 {
            most = max(most, impact(current))
            current &+= 1
        }
        return most
    }
}

/// Marking all documents of a list at once. The marks are the caller's, a bit for each document of the segment.
extension PostingCursor {
    mutating func mark(in marks: UnsafeMutablePointer<UInt64>) {
        guard !copyBits(to: marks) else { return }
        for block in 0..<blocks {
            for place in 0..<load(block) {
                let document = Int(documents[place])
                marks[document &>> 6] |= 1 &<< UInt64(document & 63)
            }
        }
        // Most lists are but a rest, of which no more is read than is asked for.
        var bytes = tail
        var document = blocks == 0 ? -1 : last(blocks - 1)
        for _ in 0..<tailCount {
            document &+= Int(bytes.varint()) &+ 1
            marks[document &>> 6] |= 1 &<< UInt64(document & 63)
            if isText, bytes.varint() & 1 == 1 { _ = bytes.varint() }
        }
    }

    /// Those that have the word in one of the texts.
    mutating func mark(in marks: UnsafeMutablePointer<UInt64>, where scope: QueryExpression.TextScope) {
        for block in 0..<blockCount {
            let size = load(block)
            loadCounts(block)
            for place in 0..<size where (scope == .headline ? headlines : bodies)[place] > 0 {
                let document = Int(documents[place])
                marks[document &>> 6] |= 1 &<< UInt64(document & 63)
            }
        }
    }
}
