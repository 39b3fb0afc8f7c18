/// Finds the longest symbols of a table in texts: a trie, of which the first two steps are looked up at once, and all others stand in one
/// double array (Aoe: "An efficient digital search algorithm by using a double-array structure", 1989).
struct SymbolEncoder {
    /// The steps on from a node stand from its base on, each at the byte that leads on. From above: the node that it starts from (24
    /// bits), the base of the one that it leads to, or 0 (24 bits), and the code of the symbol that ends there, and one, or 0.
    /// A node of two bytes has these as its number, any other 65,536 and the place of the step that leads to it.
    private var steps: [UInt64] = []
    /// For two bytes the base that they lead to; below it the code of the longest symbol on the way, and one, and above it whether that
    /// has both bytes.
    private var starts: [UInt64]
    /// For one byte its code, and one.
    private var singles = [UInt64](repeating: 0, count: 256)

    init(_ table: SymbolTable) { self.init((0..<table.count).map(table.symbol)) }

    /// The single bytes must be among the symbols.
    init(_ symbols: [SymbolTable.Symbol]) {
        starts = [UInt64](repeating: 0, count: 65_536)
        for (code, symbol) in symbols.enumerated() where symbol.length == 1 {
            singles[Int(symbol[0])] = UInt64(code + 1)
            for pair in 0..<256 { starts[Int(symbol[0]) << 8 | pair] = UInt64(code + 1) }
        }
        var builder = Builder(symbols)
        for node in builder.pairs() {
            let pair = Int(node.prefix[0]) << 8 | Int(node.prefix[1])
            if let code = node.code { starts[pair] = 1 << 40 | UInt64(code + 1) }
            starts[pair] |= UInt64(builder.base(of: node, number: pair)) << 16
        }
        steps = builder.finish()
    }

    @inline(__always)
    private static func base(_ step: UInt64) -> Int { Int(step >> 16 & 0xFF_FFFF) }
    @inline(__always)
    private static func code(_ step: UInt64) -> Int { Int(step & 0xFFFF) }

    /// Calls `take` with the code of one symbol after the other. The text is the caller's, for the call alone.
    @inline(__always)
    func forEachCode(_ text: UnsafeRawBufferPointer, _ take: (Int) -> Void) {
        steps.withUnsafeBufferPointer { steps in
            starts.withUnsafeBufferPointer { starts in
                var search = Search(0..<text.count)
                while search.begin(text, starts, singles) {
                    while search.goOn(text, steps) {}
                    take(search.code)
                }
            }
        }
    }

    /// Looks for the longest symbols of a part of a text, one after the other. What is handed in is the caller's, for the calls alone.
    private struct Search {
        /// Where the symbol ends that was found last, which is where the next one begins.
        private var end: Int
        private let limit: Int
        private var node = 0
        private var base = 0
        private var place = 0
        /// The code of the longest symbol so far, and one.
        private var found = 0

        var code: Int { found &- 1 }

        init(_ range: Range<Int>) { (end, limit) = (range.lowerBound, range.upperBound) }

        /// Begins with the next symbol; false if there is none.
        @inline(__always)
        mutating func begin(_ text: UnsafeRawBufferPointer, _ starts: UnsafeBufferPointer<UInt64>, _ singles: [UInt64]) -> Bool {
            guard end &+ 1 < limit else {
                guard end < limit else { return false }
                found = Int(singles[Int(text[end])])
                end &+= 1
                base = 0
                return true
            }
            node = Int(text[end]) << 8 | Int(text[end &+ 1])
            let two = starts[node]
            found = SymbolEncoder.code(two)
            base = SymbolEncoder.base(two)
            place = end &+ 2
            end &+= 1 &+ Int(two >> 40)
            return true
        }

        /// Looks at one more byte; false if no longer symbol can come.
        @inline(__always)
        mutating func goOn(_ text: UnsafeRawBufferPointer, _ steps: UnsafeBufferPointer<UInt64>) -> Bool {
            guard base != 0, place < limit else { return false }
            let slot = base &+ Int(text[place])
            let step = steps[slot]
            guard step >> 40 == UInt64(node) else { return false }
            node = 65_536 &+ slot
            base = SymbolEncoder.base(step)
            place &+= 1
            if SymbolEncoder.code(step) != 0 { (found, end) = (SymbolEncoder.code(step), place) }
            return true
        }
    }

    /// Writes the codes of a text, which is the caller's for the call alone.
    ///
    /// The halves of a text that isn't short are read side by side, each step of one while the memory answers to the other: a step can't
    /// begin before the last is known. Where they meet, a symbol may be cut in two.
    func encode(_ text: UnsafeRawBufferPointer, to writer: inout ByteWriter) {
        let middle = text.count < 256 ? 0 : text.count / 2
        // No code is longer than two bytes, and none stands for nothing.
        writer.reserve(text.count * 2)
        let start = writer.count
        var size = 0
        writer.withMemory(at: start) { output in
            steps.withUnsafeBufferPointer { steps in
                starts.withUnsafeBufferPointer { starts in
                    var (first, second) = (Search(0..<middle), Search(middle..<text.count))
                    var (firstEnd, secondEnd) = (output, output + 2 * middle)
                    var (isFirst, isSecond) = (first.begin(text, starts, singles), second.begin(text, starts, singles))
                    while isFirst, isSecond {
                        if !first.goOn(text, steps) {
                            SymbolEncoder.write(first.code, to: &firstEnd)
                            isFirst = first.begin(text, starts, singles)
                        }
                        if !second.goOn(text, steps) {
                            SymbolEncoder.write(second.code, to: &secondEnd)
                            isSecond = second.begin(text, starts, singles)
                        }
                    }
                    while isFirst {
                        while first.goOn(text, steps) {}
                        SymbolEncoder.write(first.code, to: &firstEnd)
                        isFirst = first.begin(text, starts, singles)
                    }
                    while isSecond {
                        while second.goOn(text, steps) {}
                        SymbolEncoder.write(second.code, to: &secondEnd)
                        isSecond = second.begin(text, starts, singles)
                    }
                    let secondSize = secondEnd - (output + 2 * middle)
                    firstEnd.copyMemory(from: output + 2 * middle, byteCount: secondSize)
                    size = firstEnd - output + secondSize
                }
            }
        }
        writer.added(size)
    }

    /// Writes a code, and goes on behind it; the pointer is the caller's, and has room for two bytes.
    @inline(__always)
    private static func write(_ code: Int, to output: inout UnsafeMutableRawPointer) {
        if code < SymbolTable.shortCodes {
            output.storeBytes(of: UInt8(truncatingIfNeeded: code), as: UInt8.self)
            output += 1
        } else {
            let rest = code &- SymbolTable.shortCodes
            output.storeBytes(of: UInt8(truncatingIfNeeded: SymbolTable.shortCodes &+ rest >> 8), as: UInt8.self)
            output.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: 1, as: UInt8.self)
            output += 2
        }
    }
}

extension SymbolEncoder {
    /// Finds room for the steps of all nodes.
    private struct Builder {
        /// With their codes, in the order of their bytes: the symbols below a node are neighbours.
        private let symbols: [(symbol: SymbolTable.Symbol, code: Int)]
        private var steps = [UInt64](repeating: 0, count: 1 << 16)
        /// From `end` on everything is free, and there are always 512 such steps; before `firstFree`, which is after any byte, nothing.
        private var end = 256
        private var firstFree = 256

        /// The strings with one beginning of so many bytes.
        struct Node {
            let range: Range<Int>
            let depth: Int
            let prefix: SymbolTable.Symbol
            /// The code of the beginning itself.
            let code: Int?
        }

        init(_ symbols: [SymbolTable.Symbol]) {
            self.symbols = symbols.enumerated().map { ($1, $0) }.sorted { $0.symbol < $1.symbol }
        }

        /// The nodes of two bytes.
        func pairs() -> [Node] {
            children(of: symbols.indices, depth: 0).flatMap { children(of: $0.range, depth: 1) }
        }

        private func children(of range: Range<Int>, depth: Int) -> [Node] {
            var nodes: [Node] = []
            var start = range.lowerBound
            // Whatever is no longer than its parent stands first.
            while start < range.upperBound, Int(symbols[start].symbol.length) <= depth { start += 1 }
            while start < range.upperBound {
                let byte = symbols[start].symbol[UInt8(depth)]
                let end = symbols[start..<range.upperBound].firstIndex { $0.symbol[UInt8(depth)] != byte } ?? range.upperBound
                let first = symbols[start]
                nodes.append(
                    Node(
                        range: start..<end, depth: depth + 1, prefix: first.symbol,
                        code: Int(first.symbol.length) == depth + 1 ? first.code : nil))
                start = end
            }
            return nodes
        }

        /// Places the steps on from a node, and from all below it; answers its base, 0 if there are none.
        mutating func base(of node: Node, number: Int) -> Int {
            let children = children(of: node.range, depth: node.depth)
            guard !children.isEmpty else { return 0 }
            let bytes = children.map { Int($0.prefix[UInt8(node.depth)]) }
            let base = room(for: bytes)
            end = max(end, base + (bytes.last ?? 0) + 1)
            if end + 512 > steps.count { steps += [UInt64](repeating: 0, count: steps.count) }
            // Taken before those below are placed.
            for byte in bytes { steps[base + byte] = .max }
            for (byte, child) in zip(bytes, children) {
                let below = self.base(of: child, number: 65_536 + base + byte)
                steps[base + byte] = UInt64(number) << 40 | UInt64(below) << 16 | UInt64((child.code ?? -1) + 1)
            }
            return base
        }

        private mutating func room(for bytes: [Int]) -> Int {
            while steps[firstFree] != 0 { firstFree += 1 }
            // One step fits wherever there is room; several do not look for long, but go behind all.
            guard bytes.count > 1 else { return firstFree - bytes[0] }
            let slot = (firstFree..<min(firstFree + 64, end)).first { slot in
                bytes.allSatisfy { steps[slot - bytes[0] + $0] == 0 }
            }
            return (slot ?? end) - bytes[0]
        }

        consuming func finish() -> [UInt64] {
            // Any byte may be looked for at any base.
            Array(steps[0..<end + 256])
        }
    }
}
