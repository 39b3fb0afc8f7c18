extension SymbolTable {
    /// Bytes of text that a table is made from, at most.
    static let sampleLimit = 4 << 20
    private static let rounds = 6

    /// Makes a table for texts like these.
    ///
    /// Beginning with single bytes, the sample is coded with the symbols there are; then symbols, and pairs of neighbours made one,
    /// that save most become the next symbols. (After P. Boncz, T. Neumann, V. Leis, FSST: fast random access string compression, 2020,
    /// with far more symbols.)
    convenience init(sample: [[UInt8]], articleCount: Int) {
        let bytes = (0...255).map { Symbol(byte: UInt8($0)) }
        var symbols = bytes
        for round in 1...SymbolTable.rounds {
            let isLast = round == SymbolTable.rounds
            // At first there is little to learn, which a part of the sample shows as well.
            let part = round > 2 ? sample : sample.indices.filter { $0 % 4 < round }.map { sample[$0] }
            let counts = SymbolCounts(symbols, part, countsPairs: !isLast)
            var savings: [(symbol: Symbol, saving: Int)] = []
            var seen: [Symbol: Int] = [:]
            for (code, count) in counts.single.enumerated() where symbols[code].length > 1 && count > 1 {
                seen[symbols[code]] = savings.count
                savings.append((symbols[code], count * (Int(symbols[code].length) - 1)))
            }
            counts.forEachPair { first, second, count in
                guard count > 2, let both = Symbol(symbols[first], symbols[second]) else { return }
                let saving = count * (Int(both.length) - 1)
                if let place = seen[both] {
                    savings[place].saving += saving
                } else {
                    seen[both] = savings.count
                    savings.append((both, saving))
                }
            }
            if isLast {
                // The most frequent get the short codes.
                let order = symbols.indices.filter { counts.single[$0] > 1 || symbols[$0].length == 1 }
                    .sorted { counts.single[$0] != counts.single[$1] ? counts.single[$0] > counts.single[$1] : $0 < $1 }
                symbols = order.map { symbols[$0] }
            } else {
                savings.sort { a, b in
                    a.saving != b.saving ? a.saving > b.saving : (a.symbol.low, a.symbol.high) < (b.symbol.low, b.symbol.high)
                }
                symbols = bytes + savings.prefix(SymbolTable.most - 256).map(\.symbol)
            }
        }
        self.init(symbols, articleCount: articleCount)
    }
}

/// How often symbols, and pairs of neighbours, stand in texts.
private struct SymbolCounts {
    private(set) var single: [Int]
    /// Open addressing: both codes and one above, the count below; 0 is free.
    private var pairs: [UInt64]
    private var pairCount = 0

    init(_ symbols: [SymbolTable.Symbol], _ texts: [[UInt8]], countsPairs: Bool) {
        single = [Int](repeating: 0, count: symbols.count)
        pairs = [UInt64](repeating: 0, count: countsPairs ? 1 << 16 : 0)
        let encoder = SymbolEncoder(symbols)
        var codes: [Int] = []
        for text in texts {
            codes.removeAll(keepingCapacity: true)
            text.withUnsafeBytes { encoder.forEachCode($0) { codes.append($0) } }
            for place in codes.indices {
                single[codes[place]] += 1
                if countsPairs, place > 0 { countPair(codes[place - 1], codes[place]) }
            }
        }
    }

    private mutating func countPair(_ first: Int, _ second: Int) {
        if pairCount * 2 >= pairs.count { grow() }
        let key = UInt64(first << 16 | second) + 1
        let slot = slot(key)
        if pairs[slot] == 0 { pairCount += 1 }
        pairs[slot] = key << 24 | (pairs[slot] & 0xFF_FFFF) + 1
    }

    private func slot(_ key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (pairs.count - 1)
        while pairs[slot] != 0, pairs[slot] >> 24 != key { slot = (slot + 1) & (pairs.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = pairs
        pairs = [UInt64](repeating: 0, count: old.count * 2)
        for pair in old where pair != 0 { pairs[slot(pair >> 24)] = pair }
    }

    func forEachPair(_ body: (_ first: Int, _ second: Int, _ count: Int) -> Void) {
        for pair in pairs where pair != 0 {
            let key = Int(pair >> 24) - 1
            body(key >> 16, key & 0xFFFF, Int(pair & 0xFF_FFFF))
        }
    }
}
