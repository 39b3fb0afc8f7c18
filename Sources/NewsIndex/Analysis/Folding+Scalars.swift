extension Folding {
    /// Folds UTF-8 into a buffer, as much as fits in whole scalars, and answers how many bytes it wrote. Both pointers are used
    /// during the call alone.
    static func fold(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var length = 0
        for byte in bytes where length < buffer.count {
            buffer[length] = byte
            length += 1
        }
        return length
    }
}
