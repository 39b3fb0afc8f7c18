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
            for document in 0..<size {
                let body = BodyCount(bodies[document])
                let place = place(documents[document])
                if let place { encoder.add(place, body: body, headline: headlines[document]) }
                for _ in 0..<body.count &+ headlines[document] {
                    let distance = block < blocks ? positionReader.next() : positionBytes.varint()
                    if place != nil { encoder.positions.append(distance) }
                }
            }
            positionBlock = -1
        }
    }
}
