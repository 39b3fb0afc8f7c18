/// Numbers that ascend, Elias-Fano coded: of each only as many low bits as the distances have on average, and the rest of all of them as
/// the distances between bits that are set, about two bits a number. Any of them is found in a few steps.
///
/// Words of 64 bits: the count, the first number, the count of low bits, and the count of words with high bits; then the low bits and a
/// word more; the high bits; and where among these every 64th number's bit is, two in a word.
///
/// `@unchecked Sendable` because the pointers are into the column, to which nobody writes.
struct AscendingColumn: @unchecked Sendable {
    /// All of it, as it is kept.
    let words: Column<UInt64>
    let count: Int
    private let first: UInt64
    private let lowBits: UInt64
    private let lowMask: UInt64
    // Valid as long as the words.
    private let low: UnsafeRawPointer
    private let high: UnsafePointer<UInt64>
    private let samples: UnsafePointer<UInt32>

    private static let headSize = 4
    private static let sampleSpan = 64
    /// So many bits can be read at once wherever they begin.
    private static let mostLowBits: UInt64 = 56

    var byteCount: Int { words.byteCount }

    private static func lowWords(_ count: Int, _ lowBits: UInt64) -> Int { (count * Int(lowBits) + 63) / 64 + 1 }
    private static func sampleWords(_ count: Int) -> Int { (count + sampleSpan * 2 - 1) / (sampleSpan * 2) }

    init<Number: FixedWidthInteger & UnsignedInteger>(_ numbers: [Number]) {
        let count = numbers.count
        let (first, last) = (UInt64(numbers.first ?? 0), UInt64(numbers.last ?? 0))
        precondition(last >= first, "numbers that don't ascend")
        let mean = (last - first) / UInt64(max(count, 1))
        let lowBits = min(mean == 0 ? 0 : UInt64(63 - mean.leadingZeroBitCount), AscendingColumn.mostLowBits)
        let lowMask: UInt64 = 1 << lowBits - 1
        let lowWords = AscendingColumn.lowWords(count, lowBits)
        let highWords = (Int((last - first) >> lowBits) + count) / 64 + 1
        let lowStart = AscendingColumn.headSize
        let highStart = lowStart + lowWords
        let sampleStart = highStart + highWords
        var words = [UInt64](repeating: 0, count: sampleStart + AscendingColumn.sampleWords(count))
        (words[0], words[1], words[2], words[3]) = (UInt64(count), first, lowBits, UInt64(highWords))
        var before = first
        for (place, number) in numbers.enumerated() {
            let number = UInt64(number)
            precondition(number >= before, "numbers that don't ascend")
            before = number
            let distance = number - first
            if lowBits > 0 {
                let bit = place * Int(lowBits)
                words[lowStart + bit / 64] |= (distance & lowMask) << UInt64(bit % 64)
                if bit % 64 + Int(lowBits) > 64 { words[lowStart + bit / 64 + 1] |= (distance & lowMask) >> UInt64(64 - bit % 64) }
            }
            let bit = Int(distance >> lowBits) + place
            words[highStart + bit / 64] |= 1 << UInt64(bit % 64)
            if place % AscendingColumn.sampleSpan == 0 {
                let sample = place / AscendingColumn.sampleSpan
                words[sampleStart + sample / 2] |= UInt64(bit) << UInt64(sample % 2 * 32)
            }
        }
        self.init(Column(words), lowBits: lowBits, lowWords: lowWords, highWords: highWords)
    }

    private init(_ words: Column<UInt64>, lowBits: UInt64, lowWords: Int, highWords: Int) {
        self.words = words
        count = Int(words[0])
        first = words[1]
        self.lowBits = lowBits
        lowMask = 1 << lowBits - 1
        low = UnsafeRawPointer(words.base + AscendingColumn.headSize)
        high = words.base + AscendingColumn.headSize + lowWords
        samples = UnsafeRawPointer(high + highWords).assumingMemoryBound(to: UInt32.self)
    }

    /// A column that was kept; nil if these words are none, of so many numbers if a count is given.
    init?(kept words: Column<UInt64>, count: Int? = nil) {
        guard words.count > AscendingColumn.headSize, words[0] <= UInt64(UInt32.max), words[2] <= AscendingColumn.mostLowBits,
            words[3] <= UInt64(words.count), count == nil || words[0] == UInt64(count ?? 0)
        else { return nil }
        let (found, lowBits, highWords) = (Int(words[0]), words[2], Int(words[3]))
        let lowWords = AscendingColumn.lowWords(found, lowBits)
        guard words.count == AscendingColumn.headSize + lowWords + highWords + AscendingColumn.sampleWords(found) else { return nil }
        self.init(words, lowBits: lowBits, lowWords: lowWords, highWords: highWords)
        // As many bits as numbers, and found where the samples say.
        var place = 0
        for word in 0..<highWords {
            var bits = high[word]
            while bits != 0 {
                if place < found, place % AscendingColumn.sampleSpan == 0 {
                    guard samples[place / AscendingColumn.sampleSpan] == word * 64 + bits.trailingZeroBitCount else { return nil }
                }
                place += 1
                bits &= bits - 1
            }
        }
        guard place == found else { return nil }
    }

    @inline(__always)
    private func number(_ place: Int, highBit: Int) -> UInt64 {
        let bit = place &* Int(truncatingIfNeeded: lowBits)
        let rest = (low + bit >> 3).loadUnaligned(as: UInt64.self) >> UInt64(bit & 7) & lowMask
        return first &+ (UInt64(truncatingIfNeeded: highBit &- place) << lowBits | rest)
    }

    /// Where among the high bits that of a number is.
    @inline(__always)
    private func highBit(_ place: Int) -> Int {
        let sample = Int(samples[place / AscendingColumn.sampleSpan])
        var word = sample / 64
        var left = place % AscendingColumn.sampleSpan
        var bits = high[word] & UInt64.max << UInt64(sample % 64)
        while true {
            let here = bits.nonzeroBitCount
            if here > left { break }
            left &-= here
            word &+= 1
            bits = high[word]
        }
        return word &* 64 &+ bits.place(ofBit: left)
    }

    subscript(_ place: Int) -> UInt64 { number(place, highBit: highBit(place)) }

    /// A number, and the one before it; before the first is 0.
    func range(endingAt place: Int) -> Range<Int> {
        guard place > 0 else { return 0..<Int(self[0]) }
        let bit = highBit(place - 1)
        var word = (bit + 1) / 64
        var bits = high[word] & UInt64.max << UInt64((bit + 1) % 64)
        while bits == 0 {
            word += 1
            bits = high[word]
        }
        return Int(number(place - 1, highBit: bit))..<Int(number(place, highBit: word * 64 + bits.trailingZeroBitCount))
    }

    /// Calls `body` with some neighbours, one after the other.
    @inline(__always)
    func forEach<Failure>(in places: Range<Int>, _ body: (UInt64) throws(Failure) -> Void) throws(Failure) {
        guard !places.isEmpty else { return }
        let bit = highBit(places.lowerBound)
        var word = bit / 64
        var bits = high[word] & UInt64.max << UInt64(bit % 64)
        for place in places {
            while bits == 0 {
                word += 1
                bits = high[word]
            }
            try body(number(place, highBit: word * 64 + bits.trailingZeroBitCount))
            bits &= bits - 1
        }
    }

    var last: UInt64? { count > 0 ? self[count - 1] : nil }

    /// The place of the first number that is not below `value`.
    func place(of value: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low &+ high) &>> 1
            if self[middle] < value { low = middle &+ 1 } else { high = middle }
        }
        return low
    }
}
