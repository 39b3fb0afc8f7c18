/// Finds the longest symbols of a table in texts: a trie whose steps are entries of one hash table, but for the first two, which are
/// looked up at once.
struct SymbolEncoder {
    /// From above: the node before (20 bits; there are fewer nodes, as there are so few symbols), the byte that leads on, the node that
    /// it leads to (20 bits), and the code of the symbol that ends there, and one, or 0. An entry of 0 is free; half of them are.
    private var steps = [UInt64](repeating: 0, count: 1 << 12)
    private var nodeCount = 1
    /// For two bytes the node that they lead to, 0 for none; below it the code of the longest symbol on the way, and one, and above it
    /// whether that has both bytes.
    private var starts: [UInt64] = []

    init(_ table: SymbolTable) { self.init((0..<table.count).map(table.symbol)) }

    /// The single bytes must be among the symbols.
    init(_ symbols: [SymbolTable.Symbol]) {
        for (code, symbol) in symbols.enumerated() { insert(symbol, code: code) }
        starts = steps.withUnsafeBufferPointer { steps in
            (0..<65_536).map { pair in
                let first = steps[slot(steps, 0, UInt8(pair >> 8))]
                let second = steps[slot(steps, SymbolEncoder.node(first), UInt8(pair & 0xFF))]
                let hasBoth = SymbolEncoder.code(second) != 0
                return (hasBoth ? 1 << 40 : 0) | UInt64(SymbolEncoder.node(second)) << 16
                    | UInt64(SymbolEncoder.code(hasBoth ? second : first))
            }
        }
    }

    @inline(__always)
    private static func node(_ step: UInt64) -> Int { Int(step >> 16 & 0xF_FFFF) }
    @inline(__always)
    private static func code(_ step: UInt64) -> Int { Int(step & 0xFFFF) }

    private mutating func insert(_ symbol: SymbolTable.Symbol, code: Int) {
        var node = 0
        for place in 0..<symbol.length {
            if nodeCount * 2 > steps.count { grow() }
            let slot = steps.withUnsafeBufferPointer { self.slot($0, node, symbol[place]) }
            if steps[slot] == 0 {
                steps[slot] = UInt64(node << 8 | Int(symbol[place])) << 36 | UInt64(nodeCount) << 16
                nodeCount += 1
            }
            node = SymbolEncoder.node(steps[slot])
            if place + 1 == symbol.length { steps[slot] = steps[slot] & ~0xFFFF | UInt64(code + 1) }
        }
    }

    private mutating func grow() {
        let old = steps
        steps = [UInt64](repeating: 0, count: old.count * 2)
        for step in old where step != 0 {
            let slot = steps.withUnsafeBufferPointer { self.slot($0, Int(step >> 44), UInt8(step >> 36 & 0xFF)) }
            steps[slot] = step
        }
    }

    /// Where the step stands, or where there is room for it. The pointer is read during the call alone.
    @inline(__always)
    private func slot(_ steps: UnsafeBufferPointer<UInt64>, _ node: Int, _ byte: UInt8) -> Int {
        let key = UInt64(node << 8 | Int(byte))
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (steps.count - 1)
        while steps[slot] != 0, steps[slot] >> 36 != key { slot = (slot &+ 1) & (steps.count - 1) }
        return slot
    }

    /// Calls `take` with the code of one symbol after the other. The text is the caller's, for the call alone.
    @inline(__always)
    func forEachCode(_ text: UnsafeRawBufferPointer, _ take: (Int) -> Void) {
        steps.withUnsafeBufferPointer { steps in
            starts.withUnsafeBufferPointer { starts in
                var start = 0
                while start &+ 1 < text.count {
                    let two = starts[Int(text[start]) << 8 | Int(text[start &+ 1])]
                    var code = SymbolEncoder.code(two)
                    var end = start &+ 1 &+ Int(two >> 40)
                    var node = SymbolEncoder.node(two)
                    var place = start &+ 2
                    while node != 0, place < text.count {
                        let step = steps[slot(steps, node, text[place])]
                        if step == 0 { break }
                        node = SymbolEncoder.node(step)
                        place &+= 1
                        if SymbolEncoder.code(step) != 0 { (code, end) = (SymbolEncoder.code(step), place) }
                    }
                    take(code &- 1)
                    start = end
                }
                if start < text.count { take(SymbolEncoder.code(steps[slot(steps, 0, text[start])]) &- 1) }
            }
        }
    }

    /// Writes the codes of a text, which is the caller's for the call alone.
    func encode(_ text: UnsafeRawBufferPointer, to writer: inout ByteWriter) {
        writer.reserve(text.count * 2)
        let start = writer.count
        var size = 0
        writer.withMemory(at: start) { output in
            forEachCode(text) { code in
                if code < SymbolTable.shortCodes {
                    output.storeBytes(of: UInt8(truncatingIfNeeded: code), toByteOffset: size, as: UInt8.self)
                    size &+= 1
                } else {
                    let rest = code - SymbolTable.shortCodes
                    output.storeBytes(of: UInt8(truncatingIfNeeded: SymbolTable.shortCodes + rest >> 8), toByteOffset: size, as: UInt8.self)
                    output.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: size &+ 1, as: UInt8.self)
                    size &+= 2
                }
            }
        }
        writer.added(size)
    }
}
