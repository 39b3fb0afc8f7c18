/// Takes a chunked body apart (RFC 9112 §7.1), byte by byte where it is syntax and in ranges where it is data.
/// Extensions are passed over, trailers are checked and dropped; both are bounded.
public struct ChunkedDecoder: Sendable {
    /// What the next bytes are.
    public enum Step: Sendable, Equatable {
        /// All bytes were used and more are needed.
        case needsMore
        /// Body bytes; the range counts from the start of what was given, and the bytes up to its end are used.
        case data(Range<Int>)
        /// The body is complete; so many bytes were used.
        case end(Int)
    }

    private enum State: Sendable {
        case firstDigit, digits, blankBeforeExtension, chunkExtension, sizeLF
        case data, dataCR, dataLF
        case trailerStart, trailerName, trailerValue, trailerLF, lastLF
        case done
    }

    private var state = State.firstDigit
    private var remaining = 0
    private var digitCount = 0
    private var extensionBytes = 0
    private var trailerBytes = 0

    /// A decoder at the start of a body.
    public init() {}

    /// Reads on at the first unused byte. After `.end` there is nothing more to read.
    public mutating func next(_ bytes: Span<UInt8>, limits: WireLimits) throws(WireError) -> Step {
        var position = 0
        while position < bytes.count {
            if state == .data {
                let taken = min(remaining, bytes.count - position)
                remaining -= taken
                if remaining == 0 { state = .dataCR }
                return .data(position..<position + taken)
            }
            let byte = bytes[position]
            position += 1
            switch state {
            case .firstDigit, .digits, .blankBeforeExtension, .chunkExtension, .sizeLF, .dataCR, .dataLF:
                try readSize(byte, limits)
            default:
                try readTrailer(byte, limits)
                if state == .done { return .end(position) }
            }
        }
        return .needsMore
    }

    private mutating func readSize(_ byte: UInt8, _ limits: WireLimits) throws(WireError) {
        switch (state, byte) {
        case (.dataCR, 0x0d): state = .dataLF
        case (.dataLF, 0x0a): state = .firstDigit
        case (.dataCR, _), (.dataLF, _): throw .badChunkEnd
        case (.firstDigit, _),
            (.digits, _) where byte.hexValue != nil:
            guard let digit = byte.hexValue else { throw .badChunkSize }
            // Sixteen digits at most, leading zeros counted, and never past what an Int holds.
            digitCount = state == .firstDigit ? 1 : digitCount + 1
            let (shifted, overflow) = (state == .firstDigit ? 0 : remaining).multipliedReportingOverflow(by: 16)
            if digitCount > 16 || overflow { throw .badChunkSize }
            remaining = shifted | Int(digit)
            state = .digits
        case (.digits, 0x0d), (.chunkExtension, 0x0d): state = .sizeLF
        case (.digits, UInt8(ascii: ";")), (.blankBeforeExtension, UInt8(ascii: ";")): state = .chunkExtension
        // RFC 9112 §7.1.1: a blank may stand before the ";" of an extension, and nowhere else.
        case (.digits, 0x20), (.digits, 0x09), (.blankBeforeExtension, 0x20), (.blankBeforeExtension, 0x09):
            state = .blankBeforeExtension
            try countExtension(limits)
        case (.chunkExtension, _) where byte.isFieldContent: try countExtension(limits)
        case (.sizeLF, 0x0a): state = remaining == 0 ? .trailerStart : .data
        case (.chunkExtension, _), (.sizeLF, _), (.digits, 0x0a): throw .badChunkEnd
        default: throw .badChunkSize
        }
    }

    private mutating func countExtension(_ limits: WireLimits) throws(WireError) {
        extensionBytes += 1
        if extensionBytes > limits.chunkExtensionBytes { throw .chunkExtensionsTooLarge }
    }

    /// RFC 9112 §7.1.2: trailers are field lines; they are dropped, never merged into the head (RFC 9110 §6.5.1).
    private mutating func readTrailer(_ byte: UInt8, _ limits: WireLimits) throws(WireError) {
        trailerBytes += 1
        if trailerBytes > limits.trailerBytes + 2 { throw .trailersTooLarge }
        switch (state, byte) {
        case (.trailerStart, 0x0d): state = .lastLF
        case (.lastLF, 0x0a): state = .done
        case (.trailerStart, _) where ByteClass.token.contains(byte): state = .trailerName
        case (.trailerName, UInt8(ascii: ":")): state = .trailerValue
        case (.trailerName, _) where ByteClass.token.contains(byte): break
        case (.trailerValue, 0x0d): state = .trailerLF
        case (.trailerValue, _) where byte.isFieldContent: break
        case (.trailerLF, 0x0a): state = .trailerStart
        default: throw .badTrailer
        }
    }
}
