import CZlib

/// The gzip content coding (RFC 1952, RFC 9110 §8.4.1.3), by zlib.
public enum Gzip {
    /// A body shorter than this, in bytes, stays as it is: it fits in a packet or two either way.
    public static let leastLength = 1_000

    /// Compresses.
    /// - Parameter level: from 1, the fastest, to 9, the smallest.
    /// - Returns: nil where nothing is gained: the bytes are few, or come out no shorter, or there is no memory for it.
    public static func compress(_ bytes: [UInt8], level: Int = 6) -> [UInt8]? {
        guard bytes.count >= leastLength, bytes.count <= Int(Int32.max) else { return nil }
        var stream = z_stream()
        // 16 above the window's size asks for gzip's frame instead of zlib's.
        guard
            deflateInit2_(
                &stream, Int32(min(max(level, 1), 9)), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        // Room for less than what is there: if it does not fit, it is not worth it.
        let coded = [UInt8](unsafeUninitializedCapacity: bytes.count - 1) { output, count in
            // zlib reads and writes within these bounds, and keeps neither pointer beyond the call.
            bytes.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return coded.isEmpty ? nil : coded
    }
}
