/// What the word adds to the scores of the documents that have it. The pointers are the caller's.
extension PostingCursor {
    /// Decodes how much each document of a block says by having the word, from 0 to 1; answers how many there are. Plain loops over rows,
    /// since these become SIMD instructions.
    ///
    /// - Parameter unit: what an occurrence counts, in units of `Impact`; the same for as long as the list is open.
    @inline(__always) @discardableResult
    mutating func loadImpacts(_ wanted: Int, unit: UInt32) -> Int {
        if wanted != impactBlock { computeImpacts(wanted, unit) }
        return load(wanted)
    }

    private mutating func computeImpacts(_ wanted: Int, _ unit: UInt32) {
        let count = load(wanted)
        loadCounts(wanted)
        impactBlock = wanted
        let (documents, bodies, headlines, impacts, lengths) = (documents, bodies, headlines, impacts, lengths)
        for place in 0..<count { lengths[place] = Float(Int32(bodyLengths[Int(documents[place])])) }
        for place in 0..<count {
            let occurrences = BodyCount(bodies[place]).weighted &* unit
            impacts[place] = Impact.body(Float(Int32(truncatingIfNeeded: occurrences)), length: lengths[place])
        }
        if hasHeadlines(wanted) {
            for place in 0..<count { lengths[place] = Float(Int32(headlineLengths[Int(documents[place])])) }
            for place in 0..<count {
                let occurrences = headlines[place] &* unit
                impacts[place] += Impact.headline(Float(Int32(truncatingIfNeeded: occurrences)), length: lengths[place])
            }
        }
        for place in 0..<count { impacts[place] = Impact.saturated(impacts[place]) }
    }

    /// What the word adds to the document at a place of the block whose counts are loaded.
    @inline(__always)
    func impact(at place: Int, _ document: Int, unit: UInt32) -> Float {
        var occurrences = Occurrences()
        occurrences.add(headline: headlines[place], BodyCount(bodies[place]), unit: unit)
        return Impact.of(occurrences, headlineLength: UInt32(headlineLengths[document]), bodyLength: UInt32(bodyLengths[document]))
    }

    /// Adds to the scores of a window's documents, which are as many as the window has bits, what the word adds to each.
    mutating func addImpacts(_ base: Int, _ words: Int, unit: UInt32, weight: Float, to scores: UnsafeMutablePointer<Float>) {
        forEachBlock(base, words) { cursor, block, places in
            cursor.loadImpacts(block, unit: unit)
            let (documents, impacts) = (cursor.documents, cursor.impacts)
            for place in places { scores[Int(documents[place]) &- base] += weight * impacts[place] }
        }
    }

    /// Adds to the occurrences that the documents of a window have of a word, those of this one of its forms.
    mutating func addOccurrences(_ base: Int, _ words: Int, unit: UInt32, to occurrences: UnsafeMutablePointer<Occurrences>) {
        forEachBlock(base, words) { cursor, block, places in
            cursor.loadCounts(block)
            for place in places {
                occurrences[Int(cursor.documents[place]) &- base].add(
                    headline: cursor.headlines[place], BodyCount(cursor.bodies[place]), unit: unit)
            }
        }
    }

    /// Calls `body` with each block that has documents of a window, and with their places there.
    @inline(__always)
    private mutating func forEachBlock(_ base: Int, _ words: Int, _ body: (inout PostingCursor, Int, Range<Int>) -> Void) {
        let end = base &+ words &* 64
        windowBlock = block(of: base, from: windowBlock)
        var current = windowBlock
        while current < blockCount, first(current) < end {
            let size = load(current)
            let from = first(current) < base ? lowerBound(documents, size, UInt32(truncatingIfNeeded: base)) : 0
            let until = last(current) < end ? size : lowerBound(documents, size, UInt32(truncatingIfNeeded: end))
            if from < until { body(&self, current, from..<until) }
            current &+= 1
        }
    }

    /// How many documents the blocks have that a window may need.
    func postings(_ base: Int, _ words: Int) -> Int {
        let from = block(of: base, from: windowBlock)
        let until = block(of: base &+ words &* 64 &- 1, from: from)
        return min(until &+ 1 &- from, blocks &- from) &* BlockCodec.size &+ (until < blocks ? 0 : tailCount)
    }

    /// Whether any document of a block has the word in its headline; of the rest, whether it may.
    private func hasHeadlines(_ block: Int) -> Bool { block >= blocks || (skip(block) + 14).load(as: UInt8.self) & 15 > 0 }
}
