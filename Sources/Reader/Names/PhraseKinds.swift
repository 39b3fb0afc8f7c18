/// What a phrase of the gazetteer can be.
package struct PhraseKinds: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let country = PhraseKinds(rawValue: 1 << 0)
    package static let city = PhraseKinds(rawValue: 1 << 1)
    package static let town = PhraseKinds(rawValue: 1 << 2)
    package static let region = PhraseKinds(rawValue: 1 << 3)
    package static let forename = PhraseKinds(rawValue: 1 << 4)
    package static let surname = PhraseKinds(rawValue: 1 << 5)
    package static let demonym = PhraseKinds(rawValue: 1 << 6)
    package static let organizationWord = PhraseKinds(rawValue: 1 << 7)
    package static let title = PhraseKinds(rawValue: 1 << 8)
    package static let date = PhraseKinds(rawValue: 1 << 9)
    package static let organization = PhraseKinds(rawValue: 1 << 10)
    package static let role = PhraseKinds(rawValue: 1 << 11)
    package static let landscape = PhraseKinds(rawValue: 1 << 12)
    package static let work = PhraseKinds(rawValue: 1 << 13)
    package static let person = PhraseKinds(rawValue: 1 << 14)
    /// A longer phrase begins with these words; not a sort of its own.
    package static let continues = PhraseKinds(rawValue: 1 << 15)
    /// How many sorts there are.
    static let count = 15
}
