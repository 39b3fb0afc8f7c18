/// Packs 128 numbers into as many bits each as the largest of them takes.
///
/// Four lanes stand side by side, so that one step of a SIMD register reads four numbers (Lemire, Boytsov: "Decoding
/// billions of integers per second through vectorization", 2012). The pointers are the caller's, who has 16 bytes a bit
/// at the packed side and 128 numbers at the other.
enum BlockCodec {
    /// Numbers in a block.
    static let size = 128

    /// Bytes that a block takes.
    @inline(__always)
    static func bytes(bits: Int) -> Int { bits * 16 }

    /// Bits that the largest of the numbers takes.
    @inline(__always)
    static func bits(_ values: UnsafePointer<UInt32>) -> Int {
        var all: UInt32 = 0
        for place in 0..<size { all |= values[place] }
        return 32 - all.leadingZeroBitCount
    }

    static func pack(_ values: UnsafePointer<UInt32>, bits: Int, to target: UnsafeMutableRawPointer) {
        guard bits > 0 else { return }
        let source = UnsafeRawPointer(values)
        var word = SIMD4<UInt32>(repeating: 0)
        var shift = 0
        var offset = 0
        for row in 0..<32 {
            let value = source.loadUnaligned(fromByteOffset: row * 16, as: SIMD4<UInt32>.self)
            word |= value &<< SIMD4(repeating: UInt32(shift))
            shift += bits
            if shift >= 32 {
                target.storeBytes(of: word, toByteOffset: offset, as: SIMD4<UInt32>.self)
                offset += 16
                shift -= 32
                word = shift > 0 ? value &>> SIMD4(repeating: UInt32(bits - shift)) : SIMD4(repeating: 0)
            }
        }
    }

    @inline(__always)
    static func unpack(_ source: UnsafeRawPointer, bits: Int, to values: UnsafeMutablePointer<UInt32>) {
        unpack(source, bits: bits, to: values) { $0 }
    }

    /// Unpacks distances less one, and adds each to the sum of those before it.
    ///
    /// - Parameter first: what the first is added to.
    @inline(__always)
    static func unpackSums(_ source: UnsafeRawPointer, bits: Int, after first: UInt32, to values: UnsafeMutablePointer<UInt32>) {
        var sum = RunningSum(first)
        unpack(source, bits: bits, to: values) { sum.add($0 &+ 1) }
    }

    /// - Parameter four: makes of four numbers, in turn, what is written.
    @inline(__always)
    private static func unpack(
        _ source: UnsafeRawPointer, bits: Int, to values: UnsafeMutablePointer<UInt32>, _ four: (SIMD4<UInt32>) -> SIMD4<UInt32>
    ) {
        let target = UnsafeMutableRawPointer(values)
        guard bits > 0 else {
            for row in 0..<32 { target.storeBytes(of: four(.zero), toByteOffset: row &* 16, as: SIMD4<UInt32>.self) }
            return
        }
        let mask = SIMD4<UInt32>(repeating: bits == 32 ? .max : (1 &<< UInt32(bits)) &- 1)
        var word = source.loadUnaligned(as: SIMD4<UInt32>.self)
        var shift = 0
        var offset = 16
        for row in 0..<32 {
            var value = word &>> SIMD4(repeating: UInt32(truncatingIfNeeded: shift))
            shift &+= bits
            if shift >= 32 {
                shift &-= 32
                // After the last number this reads what follows the block, and nobody looks at it.
                word = source.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
                offset &+= 16
                if shift > 0 { value |= word &<< SIMD4(repeating: UInt32(truncatingIfNeeded: bits &- shift)) }
            }
            target.storeBytes(of: four(value & mask), toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
        }
    }
}

/// The sum of numbers that come four at a time, up to and with each.
struct RunningSum {
    private var before: SIMD4<UInt32>

    @inline(__always)
    init(_ first: UInt32 = 0) { before = SIMD4(repeating: first) }

    @inline(__always)
    mutating func add(_ four: SIMD4<UInt32>) -> SIMD4<UInt32> {
        // Within each half first, which is a shift of 64 bits; then the first half's sum goes to the second.
        let halves = unsafeBitCast(four, to: SIMD2<UInt64>.self)
        let pairs = four &+ unsafeBitCast(halves &<< 32, to: SIMD4<UInt32>.self)
        let sums = pairs &+ (SIMD4(repeating: pairs[1]) & SIMD4(0, 0, .max, .max))
        defer { before &+= SIMD4(repeating: sums[3]) }
        return before &+ sums
    }
}

/// Numbers in two rows: the low bits of all of them, as many of each, and then what is above in unary, a one after so many
/// zeros (Elias: "Efficient storage and retrieval by content and address of static files", 1974; the parameter is Rice's).
/// Small numbers are short whatever comes beside them, which suits the distances between the places of a word, and to pass
/// over many is to count ones.
enum UnaryCodec {
    /// The number of low bits that suits numbers of that mean. So there are fewer than three zeros a number on average.
    @inline(__always)
    static func parameter(sum: UInt64, count: Int) -> Int {
        let mean = sum * 7 / UInt64(max(count, 1) * 10)
        return min(31, 64 - mean.leadingZeroBitCount)
    }

    /// Bytes that the low bits of so many numbers take.
    @inline(__always)
    static func lowBytes(_ count: Int, parameter: Int) -> Int { (count &* parameter &+ 7) &>> 3 }

    /// Writes numbers, from a byte's beginning to a byte's end. The pointer is the caller's.
    static func write(_ values: UnsafePointer<UInt32>, _ count: Int, parameter: Int, to writer: inout ByteWriter) {
        let low = UInt32(parameter)
        var high = count
        for place in 0..<count { high += Int(values[place] &>> low) }
        let (lowSize, highSize) = (lowBytes(count, parameter: parameter), (high + 7) / 8)
        // Each store writes eight bytes, of which the last ones may be too many.
        writer.reserve(lowSize + highSize + 8)
        writer.withMemory(at: writer.count) { memory in
            var bits = BitWriter(memory)
            for place in 0..<count { bits.append(UInt64(values[place] & ((1 &<< low) &- 1)), low) }
            bits = BitWriter(memory + lowSize)
            for place in 0..<count {
                var zeros = values[place] &>> low
                while zeros > 31 {
                    bits.append(0, 31)
                    zeros &-= 31
                }
                bits.append(1 &<< UInt64(zeros), zeros &+ 1)
            }
        }
        writer.added(lowSize + highSize)
    }

    /// Writes bits, the low ones first. The pointer is the caller's, where there are eight bytes more than the bits take.
    private struct BitWriter {
        private var place: UnsafeMutableRawPointer
        /// Those of the byte that is not full yet, and how many they are.
        private var bits: UInt64 = 0
        private var filled: UInt64 = 0

        init(_ place: UnsafeMutableRawPointer) { self.place = place }

        /// Writes at most 32 bits; those above are 0. Whether a byte is full can't be foreseen, so it is not asked.
        @inline(__always)
        mutating func append(_ more: UInt64, _ count: UInt32) {
            bits |= more &<< filled
            place.storeBytes(of: bits, as: UInt64.self)
            filled &+= UInt64(count)
            place += Int(truncatingIfNeeded: filled &>> 3)
            bits &>>= filled & ~7
            filled &= 7
        }
    }

    /// Decodes so many numbers, each added to the sum of those before. The pointers are the caller's.
    @inline(__always)
    static func decodeSums(_ source: UnsafeRawPointer, _ count: Int, parameter: Int, into sums: UnsafeMutablePointer<UInt32>) {
        var high = source + lowBytes(count, parameter: parameter)
        let shift = UInt32(parameter)
        let mask: UInt64 = (1 &<< UInt64(parameter)) &- 1
        var bits = high.loadUnaligned(as: UInt64.self)
        // Where the 64 bits begin, less the ones before: what is left are the zeros.
        var zeros = 0
        var lows: UInt32 = 0
        var lowBit = 0
        for place in 0..<count {
            while bits == 0 {
                high += 8
                zeros &+= 64
                bits = high.loadUnaligned(as: UInt64.self)
            }
            let above = UInt32(truncatingIfNeeded: zeros &+ bits.trailingZeroBitCount &- place)
            bits &= bits &- 1
            let low = source.loadUnaligned(fromByteOffset: lowBit &>> 3, as: UInt64.self) &>> UInt64(lowBit & 7)
            lowBit &+= parameter
            lows &+= UInt32(truncatingIfNeeded: low & mask)
            sums[place] = above &<< shift &+ lows
        }
    }

    /// Reads numbers one after the other. The pointers are the caller's, who knows how many there are.
    struct Reader {
        private var low: UnsafeRawPointer
        /// Where the next number's low bits begin.
        private var lowBit = 0
        private var parameter: Int
        /// The 64 high bits at which it is, without the ones that were read.
        private var high: UnsafeRawPointer
        private var bits: UInt64
        /// Where the last one was, counted from those 64 bits.
        private var last = -1

        init(_ source: UnsafeRawPointer, count: Int, parameter: Int) {
            low = source
            high = source + UnaryCodec.lowBytes(count, parameter: parameter)
            bits = high.loadUnaligned(as: UInt64.self)
            self.parameter = parameter
        }

        @inline(__always)
        private mutating func nextBits() {
            high += 8
            last &-= 64
            bits = high.loadUnaligned(as: UInt64.self)
        }

        @inline(__always)
        mutating func next() -> UInt32 {
            while bits == 0 { nextBits() }
            let one = bits.trailingZeroBitCount
            let zeros = one &- last &- 1
            last = one
            bits &= bits &- 1
            let rest = low.loadUnaligned(fromByteOffset: lowBit &>> 3, as: UInt64.self) &>> UInt64(lowBit & 7)
            lowBit &+= parameter
            return UInt32(truncatingIfNeeded: zeros) &<< UInt32(parameter)
                | UInt32(truncatingIfNeeded: rest) & ((1 &<< UInt32(parameter)) &- 1)
        }

        /// Passes over so many numbers.
        @inline(__always)
        mutating func skip(_ count: Int) {
            guard count > 0 else { return }
            lowBit &+= count &* parameter
            var left = count
            while true {
                let ones = bits.nonzeroBitCount
                if ones >= left { break }
                left &-= ones
                nextBits()
            }
            last = bits.place(ofBit: left &- 1)
            bits &= UInt64.max &<< UInt64(truncatingIfNeeded: last)
            bits &= bits &- 1
        }
    }
}

extension UInt64 {
    /// The place of a bit that is set, of which so many are lower: the ones of each byte and those below it side by side, then the byte in
    /// which it is, and then one by one (Vigna: "Broadword implementation of rank/select queries", 2008).
    @inline(__always)
    func place(ofBit number: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var sums = self &- (self &>> 1) & (ones &* 0x55)
        sums = sums & (ones &* 0x33) &+ (sums &>> 2) & (ones &* 0x33)
        sums = ((sums &+ sums &>> 4) & (ones &* 0x0F)) &* ones
        let reached = ((sums | ones &* 0x80) &- UInt64(truncatingIfNeeded: number &+ 1) &* ones) & (ones &* 0x80)
        let start = UInt64(truncatingIfNeeded: reached.trailingZeroBitCount & 56)
        let before = Int(truncatingIfNeeded: (sums &<< 8) &>> start & 0xFF)
        var bits = self & UInt64.max &<< start
        for _ in 0..<number &- before { bits &= bits &- 1 }
        return bits.trailingZeroBitCount
    }
}
