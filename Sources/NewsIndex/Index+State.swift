import HashTreeCollections
import News

/// An index as bytes: an image of each segment, and the state, which is everything else. Segments are immutable, so that
/// who keeps both writes only the segments that are new.
extension Index {
    /// The segments, in their order. Shared, not copied.
    public var segments: [Segment] { views.map(\.segment) }

    /// What is not in the segments. All that was folded in must be sealed.
    public func state() -> [UInt8] {
        var writer = StateWriter()
        writer.number(analyzer.fingerprint)
        writer.number(sequence)
        writer.number(articleCount)
        writer.number(nextSerial)
        var tables: [SymbolTable] = []
        for case let table? in views.map(\.segment.records.table) where !tables.contains(where: { $0 === table }) { tables.append(table) }
        writer.list(tables) { writer, table in table.write(to: &writer) }
        writer.list(views) { writer, view in
            writer.number(view.segment.count)
            writer.optional(tables.firstIndex { $0 === view.segment.records.table }) { $0.number($1) }
            writer.list(view.deaths.all) { writer, death in
                writer.number(death.document)
                writer.number(death.sequence)
            }
        }
        writer.list(Array(withdrawn)) { writer, entry in
            writer.number(entry.key.high)
            writer.number(entry.key.low)
            entry.value.write(to: &writer)
        }
        writer.list(Array(withdrawnURIs)) { writer, entry in
            writer.text(entry.key)
            writer.number(entry.value.high)
            writer.number(entry.value.low)
        }
        writer.list(Array(entities.values)) { writer, entry in entry.write(to: &writer) }
        writer.list(Array(events.values)) { writer, entry in entry.write(to: &writer) }
        for map in [mergedEntities, mergedEvents, eventKeys] {
            writer.list(Array(map)) { writer, entry in
                writer.text(entry.key)
                writer.text(entry.value)
            }
        }
        for set in [deletedEntities, deletedEvents, rejectedNames] { writer.list(Array(set)) { $0.text($1) } }
        for map in [names, happenings] {
            writer.list(Array(map)) { writer, entry in
                writer.text(entry.key)
                writer.list(entry.value) { $0.text($1) }
            }
        }
        writer.list(Array(outlines)) { writer, entry in
            writer.number(entry.key)
            writer.list(entry.value) { $0.text($1) }
        }
        writer.list(Array(eventsByEntity)) { writer, entry in
            writer.text(entry.key)
            writer.list(Array(entry.value)) { $0.text($1) }
        }
        return writer.finish()
    }

    /// The index that a state and the images of its segments are of; nil if they are not of one, or words are read in another way now.
    public init?(state: [UInt8], _ images: [SegmentImage], _ analyzer: Analyzer = Analyzer()) {
        self.init(analyzer)
        do throws(StateFault) { try read(state, images) } catch { return nil }
    }

    private mutating func read(_ state: [UInt8], _ images: [SegmentImage]) throws(StateFault) {
        var reader = StateReader(state)
        guard try reader.number() == analyzer.fingerprint else { throw StateFault() }
        sequence = try reader.number()
        articleCount = try reader.int()
        nextSerial = try reader.number()
        let tables = try reader.list { (reader) throws(StateFault) in try SymbolTable(from: &reader) }
        var left = images[...]
        views = try reader.list { (reader) throws(StateFault) in
            let count = try reader.int()
            let table = try reader.optional { (reader) throws(StateFault) in try reader.int() }
            guard let image = left.popFirst(), table.map({ tables.indices.contains($0) }) ?? true,
                let segment = Segment(image, table.map { tables[$0] }), segment.count == count
            else { throw StateFault() }
            var view = SegmentView(segment: segment)
            for (document, sequence) in try reader.list({ (reader) throws(StateFault) in (try reader.int(), try reader.number()) }) {
                guard 0..<count ~= document else { throw StateFault() }
                view.end(document, at: sequence)
            }
            return view
        }
        for _ in 0..<(try reader.count()) {
            let id = ArticleID(high: try reader.number(), low: try reader.number())
            withdrawn[id] = try Withdrawal(from: &reader)
        }
        for _ in 0..<(try reader.count()) {
            let uri = try reader.text()
            withdrawnURIs[uri] = ArticleID(high: try reader.number(), low: try reader.number())
        }
        for entry in try reader.list({ (reader) throws(StateFault) in try EntityEntry(from: &reader) }) {
            entities[entry.entity.id] = entry
            putNames(of: entry.entity, prominence: entry.articles)
        }
        suggestions.seal()
        for entry in try reader.list({ (reader) throws(StateFault) in try EventEntry(from: &reader) }) { events[entry.event.id] = entry }
        for map in [\Index.mergedEntities, \.mergedEvents, \.eventKeys] {
            for _ in 0..<(try reader.count()) {
                let key = try reader.text()
                self[keyPath: map][key] = try reader.text()
            }
        }
        for set in [\Index.deletedEntities, \.deletedEvents, \.rejectedNames] {
            self[keyPath: set] = TreeSet(try reader.texts())
        }
        for map in [\Index.names, \.happenings] {
            for _ in 0..<(try reader.count()) {
                let key = try reader.text()
                self[keyPath: map][key] = try reader.texts()
            }
        }
        for _ in 0..<(try reader.count()) {
            let key = try reader.number()
            outlines[key] = try reader.texts()
        }
        for _ in 0..<(try reader.count()) {
            let key = try reader.text()
            eventsByEntity[key] = TreeSet(try reader.texts())
        }
        guard reader.isAtEnd, left.isEmpty else { throw StateFault() }
    }
}

extension Analyzer {
    /// Changes whenever the same articles would be read as other terms: what these texts become, in a number.
    var fingerprint: UInt64 {
        var hash: UInt64 = 0
        let texts = [
            ("en", "The U.S. economy's running-mates at AT&T cost $1,234.5 — Covid-19, naïve café, don't"),
            ("de", "Die Häuser der Bürgermeisterinnen strahlten"), ("fr", "L’été des écoles d'aujourd'hui"), ("ja", "東京の新聞が伝えた"),
            ("ru", "Новости московских газет"), ("th", "ข่าววันนี้"), ("ar", "أخبار المدينة"), ("", "eesti uudised 42"),
        ]
        for (language, text) in texts {
            var article = Article()
            (article.language, article.headline, article.body) = (language, text, text + ". " + text)
            (article.source, article.section, article.keywords) = (.init(name: "Ä Wire"), "Ö", ["Ü", "ß"])
            for terms in [TermList(article, self), TermList(valuesOf: article)] {
                for term in 0..<terms.count { hash = Term.finished(hash &* 31 &+ Term.hash(terms.bytes(term))) }
                for stem in terms.stems { hash = Term.finished(hash &* 31 &+ stem.hash &+ UInt64(stem.word)) }
            }
        }
        for field in Term.Field.allCases { hash = Term.finished(hash &* 31 &+ UInt64(field.rawValue)) }
        return hash
    }
}

// MARK: Parts

extension SymbolTable {
    fileprivate func write(to writer: inout StateWriter) {
        writer.number(articleCount)
        writer.list(0..<count) { writer, code in
            let symbol = symbol(code)
            writer.bytes((0..<symbol.length).map { symbol[$0] })
        }
    }

    fileprivate convenience init(from reader: inout StateReader) throws(StateFault) {
        let articleCount = try reader.int()
        let symbols = try reader.list { (reader) throws(StateFault) in
            let bytes = try reader.bytes()
            guard 1...SymbolTable.longest ~= bytes.count else { throw StateFault() }
            var symbol = Symbol()
            for byte in bytes { symbol.append(byte) }
            return symbol
        }
        // Any text can be put in codes that has all the bytes.
        guard symbols.count <= SymbolTable.most, Set(symbols.filter { $0.length == 1 }).count == 256 else { throw StateFault() }
        self.init(symbols, articleCount: articleCount)
    }
}

extension Withdrawal {
    fileprivate func write(to writer: inout StateWriter) {
        writer.number(version)
        writer.list(versions) { $0.number($1) }
        writer.optional(uri) { $0.text($1) }
        writer.time(time)
    }

    fileprivate init(from reader: inout StateReader) throws(StateFault) {
        version = try reader.int()
        versions = try reader.list { (reader) throws(StateFault) in try reader.number() }
        uri = try reader.optional { (reader) throws(StateFault) in try reader.text() }
        time = try reader.time()
    }
}

extension EntityEntry {
    fileprivate func write(to writer: inout StateWriter) {
        // As a record of the journal has it.
        writer.bytes(Change.entityPut(entity).encoded())
        writer.number(articles)
        writer.number(quotes)
        writer.optional(firstSeen) { $0.time($1) }
        writer.optional(lastSeen) { $0.time($1) }
        writer.number(sequence)
        writer.number(UInt64(acquaintance.calling.rawValue))
        writer.number(UInt64(acquaintance.settings.rawValue))
        writer.list(acquaintance.company) { $0.number(UInt64($1)) }
    }

    fileprivate convenience init(from reader: inout StateReader) throws(StateFault) {
        guard case .entityPut(let entity)? = try? Change(kind: .entityPut, body: try reader.bytes()) else { throw StateFault() }
        self.init(
            entity, articles: try reader.int(), quotes: try reader.int(),
            firstSeen: try reader.optional { (reader) throws(StateFault) in try reader.time() },
            lastSeen: try reader.optional { (reader) throws(StateFault) in try reader.time() }, sequence: try reader.number(),
            acquaintance: Acquaintance(
                calling: Callings(rawValue: UInt16(truncatingIfNeeded: try reader.number())),
                settings: Callings(rawValue: UInt16(truncatingIfNeeded: try reader.number())),
                company: try reader.list { (reader) throws(StateFault) in UInt32(truncatingIfNeeded: try reader.number()) }))
    }
}

extension EventEntry {
    fileprivate func write(to writer: inout StateWriter) {
        writer.bytes(Change.eventPut(event).encoded())
        writer.number(articles)
        writer.list(Array(sourceCounts)) { writer, entry in
            writer.text(entry.key)
            writer.number(entry.value)
        }
        writer.number(sequence)
    }

    fileprivate convenience init(from reader: inout StateReader) throws(StateFault) {
        guard case .eventPut(let event)? = try? Change(kind: .eventPut, body: try reader.bytes()) else { throw StateFault() }
        let articles = try reader.int()
        var sources: [String: Int] = [:]
        for _ in 0..<(try reader.count()) {
            let source = try reader.text()
            sources[source] = try reader.int()
        }
        self.init(event, articles: articles, sourceCounts: sources, sequence: try reader.number())
    }
}
