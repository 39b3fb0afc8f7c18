import News

extension Index {
    /// Holds the index against itself: postings against the articles they stand for, counts against what they count.
    /// Answers a sentence for every difference, a hundred at most.
    public func faults() -> [String] {
        var faults: [String] = []
        func expect(_ holds: Bool, _ fault: @autoclosure () -> String) {
            if !holds, faults.count < 100 { faults.append(fault()) }
        }
        var live = 0
        var entityCounts: [String: Int] = [:]
        var quoteCounts: [String: Int] = [:]
        var eventCounts: [String: Int] = [:]
        for view in views {
            let segment = view.segment
            var postings = 0
            for document in 0..<segment.count {
                let stored = segment.article(document)
                let article = stored.article()
                for terms in [TermList(article, analyzer), TermList(valuesOf: article)] {
                    for term in 0..<terms.count {
                        expect(segment.holds(terms, term, document), "article \(stored.id) is not found by one of its terms")
                        postings += 1
                    }
                    for stem in terms.stems {
                        expect(
                            segment.holds(stem, of: terms.bytes(Int(stem.word))),
                            "article \(stored.id) is not found by the stem of one of its words")
                    }
                }
                guard view.isVisible(document, at: sequence) else { continue }
                live += 1
                for named in article.entities { entityCounts[named.entity.id, default: 0] += 1 }
                for speaker in article.quotes.compactMap(\.speaker) { quoteCounts[speaker, default: 0] += 1 }
                for reported in article.events { eventCounts[reported.event.id, default: 0] += 1 }
                if case .live(let found) = self.article(stored.id) {
                    expect(found.serial == stored.serial, "article \(stored.id) is found in an old version")
                } else {
                    expect(false, "article \(stored.id) is found and can't be got")
                }
                if let uri = stored.uri { expect(self.article(uri: uri) == stored.id, "article \(stored.id) is not known by its uri") }
            }
            let kept = (0..<segment.termCount).reduce(0) { $0 + segment.documentCount($1) }
            if segment.pairs.areGathered {
                expect(WordPairs(segment) == segment.pairs, "a segment has other words side by side than it says")
            }
            expect(postings == kept, "a segment has \(kept) postings for \(postings) terms")
        }
        expect(live == articleCount, "\(articleCount) articles are counted, \(live) are found")
        for (id, entry) in entities {
            expect(
                entry.articles == entityCounts[id, default: 0],
                "entity \(id) counts \(entry.articles) articles of \(entityCounts[id, default: 0])")
            expect(
                entry.quotes == quoteCounts[id, default: 0], "entity \(id) counts \(entry.quotes) quotes of \(quoteCounts[id, default: 0])")
            for key in Index.outlineKeys(of: entry.entity) {
                expect(outlines[key]?.contains(id) == true, "entity \(id) is not known by one of its outlines")
            }
            for key in Index.nameKeys(of: entry.entity) {
                expect(names[key]?.contains(id) == true, "entity \(id) is not known by one of its names")
            }
        }
        for (id, entry) in events {
            expect(
                entry.articles == eventCounts[id, default: 0],
                "event \(id) counts \(entry.articles) articles of \(eventCounts[id, default: 0])")
        }
        return faults
    }

    /// Compares what two indexes serve. Answers a sentence for every difference, a hundred at most.
    public func differences(from other: Index) -> [String] {
        var differences: [String] = []
        func expect(_ holds: Bool, _ difference: @autoclosure () -> String) {
            if !holds, differences.count < 100 { differences.append(difference()) }
        }
        expect(sequence == other.sequence, "sequence \(sequence) and \(other.sequence)")
        expect(articleCount == other.articleCount, "\(articleCount) and \(other.articleCount) articles")
        forEachArticle { a in
            guard case .live(let b) = other.article(a.id) else { return expect(false, "article \(a.id) is missing") }
            expect(
                a.json == b.json && a.sequence == b.sequence && a.changed == b.changed && a.versions == b.versions,
                "article \(a.id) differs")
        }
        expect(withdrawn == other.withdrawn && withdrawnURIs == other.withdrawnURIs, "withdrawals differ")
        expect(entities.count == other.entities.count, "\(entities.count) and \(other.entities.count) entities")
        for (id, a) in entities {
            guard let b = other.entities[id] else {
                expect(false, "entity \(id) is missing")
                continue
            }
            expect(
                a.entity == b.entity && a.articles == b.articles && a.quotes == b.quotes && a.firstSeen == b.firstSeen
                    && a.lastSeen == b.lastSeen
                    && a.sequence == b.sequence, "entity \(id) differs")
        }
        expect(events.count == other.events.count, "\(events.count) and \(other.events.count) events")
        for (id, a) in events {
            guard let b = other.events[id] else {
                expect(false, "event \(id) is missing")
                continue
            }
            expect(
                a.event == b.event && a.articles == b.articles && a.sourceCounts == b.sourceCounts && a.sequence == b.sequence,
                "event \(id) differs")
        }
        expect(mergedEntities == other.mergedEntities && mergedEvents == other.mergedEvents, "merges differ")
        expect(deletedEntities == other.deletedEntities && deletedEvents == other.deletedEvents, "deletions differ")
        expect(names == other.names && outlines == other.outlines && rejectedNames == other.rejectedNames, "names differ")
        expect(happenings == other.happenings, "happenings differ")
        expect(eventKeys == other.eventKeys && eventsByEntity == other.eventsByEntity, "events are found differently")
        return differences
    }
}

extension Segment {
    /// Whether a word is found by its stem. The pointer is read during the call alone.
    fileprivate func holds(_ stem: WordStem, of word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let place = dictionary.place(of: Array(word)) else { return false }
        return stems.terms(with: stem.hash).contains(place)
    }

    /// Whether a document is found by one of its terms, as often and at the places that it has it.
    fileprivate func holds(_ terms: TermList, _ term: Int, _ document: Int) -> Bool {
        let bytes = Array(terms.bytes(term))
        guard let place = dictionary.place(of: bytes), bytes == dictionary.bytes(place) else { return false }
        return withCursor { cursor in
            cursor.open(self, term: place)
            guard let found = cursor.find(document) else { return false }
            guard dictionary.isText(place) else { return true }
            var kept: [(isInBody: Bool, position: UInt32)] = []
            cursor.forEachPosition(found.block, found.place) { kept.append(($0, $1)) }
            var payload = terms.payload(term).baseAddress ?? UnsafeRawPointer(postings.base)  // read here alone
            let head = payload.varint()
            let headline = head & 1 == 0 ? 0 : payload.varint()
            var written: [(isInBody: Bool, position: UInt32)] = []
            for (isInBody, count) in [(false, headline), (true, BodyCount(head >> 1).count)] {
                var position: UInt32 = 0
                for _ in 0..<count {
                    position &+= payload.varint()
                    written.append((isInBody, position))
                }
            }
            return written.elementsEqual(kept, by: ==)
        }
    }
}
