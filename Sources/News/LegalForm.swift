/// What stands at the end of a company's name and says how it is founded, not which one it is: "Corp", "plc".
package enum LegalForm {
    /// In small letters, without stops.
    package static let words: Set = [
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "llp", "lp", "nv", "bv", "sa", "ag",
        "gmbh", "spa", "ab", "oyj", "group", "holding", "holdings",
    ]
}
