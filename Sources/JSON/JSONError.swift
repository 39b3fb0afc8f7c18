/// Why a JSON text was refused, and where.
public struct JSONError: Error, Sendable, Equatable {
    /// What kind of fault it is; the raw value is the stable code shown to clients.
    public enum Code: String, Sendable, CaseIterable {
        case malformed = "malformed-json"
        case invalidUTF8 = "invalid-utf8"
        case loneSurrogate = "lone-surrogate"
        case tooDeep = "too-deep"
        case duplicateField = "duplicate-field"
        case unknownField = "unknown-field"
        case missingField = "missing-field"
        case wrongType = "wrong-type"
        case badValue = "bad-value"
        case badDate = "bad-date"
        case tooLong = "too-long"
    }

    /// What kind of fault it is.
    public var code: Code
    /// The place in the document as a JSON Pointer (RFC 6901); "" is the whole document.
    public var pointer: String
    /// Bytes from the start of the text to the fault: to the byte that is wrong, or to the value or name that is.
    public var offset: Int
    /// A sentence for a person.
    public var detail: String

    /// An error with all that is said of it.
    public init(_ code: Code, pointer: String, offset: Int, detail: String) {
        self.code = code
        self.pointer = pointer
        self.offset = offset
        self.detail = detail
    }
}
