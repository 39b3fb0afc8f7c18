/// Proactive negotiation (RFC 9110 §12): how much a client wants what the server can offer.
public enum Negotiation {
    /// A preference from 0 (not acceptable) to 1000 (the default): the q-value in thousandths (§12.4.2).
    public typealias Quality = Int

    /// How much an Accept field wants a media type (§12.5.1). Without the field, or with an empty one, everything is wanted. The most
    /// specific range decides; elements that are malformed say nothing.
    /// - Parameter mediaType: such as `application/json`, in lower case, perhaps with parameters.
    public static func quality(ofMediaType mediaType: String, accept: ArraySlice<UInt8>?) -> Quality {
        guard let accept else { return 1000 }
        let elements = accept.elements()
        if elements.isEmpty { return 1000 }
        let offer = Preference(Array(mediaType.utf8)[...])
        var best: (specificity: Int, quality: Quality) = (-1, 0)
        for element in elements {
            guard let wanted = Preference(element), let offer, let specificity = wanted.specificity(for: offer) else { continue }
            if specificity > best.specificity || (specificity == best.specificity && wanted.quality > best.quality) {
                best = (specificity, wanted.quality)
            }
        }
        return best.quality
    }

    /// The place of the offer that is wanted most, the first of equals; nil if none is acceptable (406).
    public static func best(of mediaTypes: [String], accept: ArraySlice<UInt8>?) -> Int? {
        var best: (index: Int, quality: Quality)?
        for (index, mediaType) in mediaTypes.enumerated() {
            let quality = quality(ofMediaType: mediaType, accept: accept)
            if quality > best?.quality ?? 0 { best = (index, quality) }
        }
        return best?.index
    }

    /// How much an Accept-Encoding field wants a content coding (§12.5.3). `identity` is acceptable unless it is excluded, by name or by
    /// "*"; any other coding only if it is named, or "*" stands for it.
    /// - Parameter coding: such as `gzip` or `identity`, in lower case.
    public static func quality(ofCoding coding: String, acceptEncoding: ArraySlice<UInt8>?) -> Quality {
        let isIdentity = coding == "identity"
        guard let acceptEncoding else { return isIdentity ? 1000 : 0 }
        var named: Quality?
        var any: Quality?
        let name = Array(coding.utf8)
        for element in acceptEncoding.elements() {
            guard let wanted = Preference(element), wanted.parameters.isEmpty else { continue }
            if wanted.name == [UInt8(ascii: "*")] { any = wanted.quality }
            if wanted.name == name || (wanted.name == Array("x-gzip".utf8) && coding == "gzip") { named = wanted.quality }
        }
        // Identity without a word about it ranks below any coding that is wanted.
        return named ?? any ?? (isIdentity ? 1 : 0)
    }

    /// Whether a request would have the body compressed by gzip at least as much as it would have it plain.
    public static func prefersGzip(_ request: Request) -> Bool {
        guard let field = request.combinedBytes(of: .acceptEncoding) else { return false }
        // What most clients say needs no parsing.
        if field.elementsEqual("gzip".utf8) || field.elementsEqual("gzip, deflate, br".utf8) { return true }
        let gzip = quality(ofCoding: "gzip", acceptEncoding: field)
        return gzip > 0 && gzip >= quality(ofCoding: "identity", acceptEncoding: field)
    }
}

/// One element of a list of preferences: a name, its parameters, and its weight.
private struct Preference {
    let name: [UInt8]
    var parameters: [[UInt8]] = []
    var quality = 1000

    /// nil if it is malformed.
    init?(_ element: ArraySlice<UInt8>) {
        var parts = element.elements(separatedBy: UInt8(ascii: ";"))
        guard !parts.isEmpty else { return nil }
        name = parts.removeFirst().map(\.lowercased)
        guard !name.isEmpty, name.allSatisfy({ ByteClass.token.contains($0) || $0 == UInt8(ascii: "/") }) else { return nil }
        for part in parts {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let key = part[..<equals].trimmingBlanks.map(\.lowercased)
            let value = part[(equals + 1)...].trimmingBlanks
            if key == [UInt8(ascii: "q")] {
                guard let quality = Self.weight(value) else { return nil }
                self.quality = quality
                break  // What follows the weight is no part of the range.
            }
            parameters.append(key + [UInt8(ascii: "=")] + value.unquoted.map(\.lowercased))
        }
    }

    /// How exactly this range names the offer: 0 for `*/*`, 1 for `text/*`, 2 for `text/html`, more with parameters; nil if it doesn't.
    func specificity(for offer: Preference) -> Int? {
        guard parameters.allSatisfy(offer.parameters.contains) else { return nil }
        if name == offer.name { return 2 + parameters.count }
        if name == Array("*/*".utf8) { return 0 }
        guard name.suffix(2).elementsEqual("/*".utf8) else { return nil }
        return offer.name.starts(with: name.dropLast()) ? 1 : nil
    }

    /// RFC 9110 §12.4.2: 0 to 1 with up to three decimals.
    private static func weight(_ value: ArraySlice<UInt8>) -> Int? {
        guard let first = value.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"), value.count <= 5 else { return nil }
        let rest = value.dropFirst()
        var thousandths = first == UInt8(ascii: "1") ? 1000 : 0
        guard let dot = rest.first else { return thousandths }
        guard dot == UInt8(ascii: ".") else { return nil }
        var unit = 100
        for digit in rest.dropFirst() {
            guard digit.isDigit else { return nil }
            thousandths += Int(digit - 0x30) * unit
            unit /= 10
        }
        return thousandths <= 1000 ? thousandths : nil
    }
}

extension ArraySlice<UInt8> {
    /// What a quoted string stands for (RFC 9110 §5.6.4): each escaped byte for itself. Anything else stands for itself.
    fileprivate var unquoted: [UInt8] {
        guard count > 1, first == UInt8(ascii: "\""), last == UInt8(ascii: "\"") else { return Array(self) }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in dropFirst().dropLast() {
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            if !isEscaped { bytes.append(byte) }
        }
        return bytes
    }

    /// The non-empty elements of a list, without blanks around; separators within quotes don't separate (RFC 9110 §5.6.4).
    fileprivate func elements(separatedBy separator: UInt8 = UInt8(ascii: ",")) -> [ArraySlice<UInt8>] {
        var elements: [ArraySlice<UInt8>] = []
        var start = startIndex
        var isQuoted = false
        var isEscaped = false
        for position in indices {
            let byte = self[position]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                elements.append(self[start..<position].trimmingBlanks)
                start = position + 1
            }
        }
        elements.append(self[start...].trimmingBlanks)
        return elements.filter { !$0.isEmpty }
    }
}
