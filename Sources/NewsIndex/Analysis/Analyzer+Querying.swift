extension Analyzer {
    /// A word of a query as the closer look finds it.
    struct QueryToken {
        let role: AnalysisScratch.Role
        let word: String
        /// What stems are made of.
        let lower: String
        let position: UInt32
    }

    /// The words of a part of a query. Its language is not known.
    func queryTokens(_ text: String) -> [QueryToken] {
        let scratch = AnalysisScratch.borrow(for: TextLanguage(tag: nil), mode)
        scratch.isForQuery = true
        defer { scratch.giveBack() }
        var tokens: [QueryToken] = []
        var position: UInt32 = 0
        var text = text
        // The bytes are read during the call alone.
        text.withUTF8 { bytes in
            var at = 0
            while at < bytes.count {
                at = scratch.read(bytes, from: at)
                for found in scratch.found {
                    tokens.append(
                        QueryToken(
                            role: found.role, word: scratch.text(found.exact), lower: scratch.text(found.lower),
                            position: position &+ found.position))
                }
                position &+= scratch.positions
            }
        }
        return tokens
    }
}

extension AnalysisScratch {
    /// What stands in `blob` there.
    func text(_ range: Range<Int>) -> String { String(decoding: UnsafeBufferPointer(blob)[range], as: UTF8.self) }  // For this call.
}
