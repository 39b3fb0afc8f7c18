extension PostingCursor {
    /// Gives the whole list to an encoder, each document under the number that `place` says, or not where it says nil.
    mutating func copy(to encoder: inout PostingEncoder, _ place: (UInt32) -> UInt32?) {
        for block in 0..<blockCount {
            let size = load(block)
            guard isText else {
                for document in 0..<size { if let place = place(documents[document]) { encoder.add(place) } }
                continue
            }
            loadCounts(block)
            beginPositions(block)
            positionBlock = -1
            let isInBlock = block < blocks
            var (reader, bytes) = (positionReader, positionBytes)
            encoder.positions.reserve(Int(positionEnds[size - 1]))
            for document in 0..<size {
                let (body, headline) = (BodyCount(bodies[document]), headlines[document])
                let count = Int(body.count &+ headline)
                let target = encoder.positions.base + encoder.positions.count
                for number in 0..<count { target[number] = isInBlock ? reader.next() : bytes.varint() }
                guard let place = place(documents[document]) else { continue }
                encoder.add(place, body: body, headline: headline)
                encoder.positions.added(count)
            }
        }
    }

    /// Calls `visit` with every position in the documents before one, and goes on behind these when it is called again. Nobody reads the
    /// list in another way meanwhile.
    mutating func visitPositions(before end: UInt32, _ visit: (_ document: UInt32, _ isInBody: Bool, _ position: UInt32) -> Void) {
        while windowBlock < blockCount {
            let size = load(windowBlock)
            if positionBlock != windowBlock {
                loadCounts(windowBlock)
                beginPositions(windowBlock)
            }
            var reader = positionReader
            defer { positionReader = reader }
            let isInBlock = windowBlock < blocks
            while place < size {
                let document = documents[place]
                guard document < end else { return }
                for (isInBody, count) in [(false, headlines[place]), (true, BodyCount(bodies[place]).count)] {
                    var position: UInt32 = 0
                    for _ in 0..<count {
                        position &+= isInBlock ? reader.next() : positionBytes.varint()
                        visit(document, isInBody, position)
                    }
                }
                place += 1
            }
            windowBlock += 1
        }
    }

    /// How often the word stands in all documents together.
    mutating func occurrences() -> Int {
        var sum = 0
        for block in 0..<blockCount {
            loadCounts(block)
            for place in 0..<size(block) { sum += Int(BodyCount(bodies[place]).count &+ headlines[place]) }
        }
        return sum
    }
}
