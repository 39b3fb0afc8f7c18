import Reader
import TestSupport
import Testing

struct NameModelTests {
    @Test func aModelIsReadAsItIsWritten() throws {
        let model = try NameModel(Shipped.bytes)
        #expect(model.encoded() == Shipped.bytes)
        #expect(Shipped.bytes.count < 8 << 20)
    }

    @Test func whatIsNoModelIsRefused() {
        #expect(throws: ModelError.notAModel) { try NameModel([]) }
        #expect(throws: ModelError.notAModel) { try NameModel(Array("dateline names 2\n".utf8)) }
        #expect(throws: ModelError.damaged) { try NameModel(Array(Shipped.bytes.prefix(20))) }
    }

    @Test func aDamagedModelIsRefused() {
        var chance = Chance(seed: 3)
        for _ in 0..<8 {
            #expect(throws: ModelError.self) { try NameModel(Array(Shipped.bytes.prefix(chance.below(Shipped.bytes.count)))) }
            var bytes = Shipped.bytes
            bytes[17 + chance.below(bytes.count - 17)] ^= UInt8(1 + chance.below(255))
            #expect(throws: ModelError.damaged) { try NameModel(bytes) }
        }
    }

    @Test func tablesAnswerAsDictionariesDo() {
        var chance = Chance(seed: 4)
        var pairs: [(key: UInt64, value: UInt16)] = []
        for _ in 0..<20_000 { pairs.append((chance.next(), UInt16(chance.below(65_536)))) }
        let table = HashTable(pairs)
        let known = Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        var wrong = 0
        for (key, value) in known where table[key] != value { wrong += 1 }
        // Two of 20,000 keys share 32 bits about once in twenty such tables.
        #expect(wrong <= 1)
        var taken = 0
        for _ in 0..<20_000 where table[chance.next()] != nil { taken += 1 }
        #expect(taken <= 5)
    }

    @Test func phrasesAreFoundWordByWord() {
        let (table, longest) = Lexicon.phraseEntries([("New York", .city), ("New York Times", .organization), ("York", .town)])
        #expect(longest == 3)
        let new = WordHash.phrase(0, adding: Lexicon.hash("New"))
        let york = WordHash.phrase(new, adding: Lexicon.hash("York"))
        #expect(table[new] == PhraseKinds.continues.rawValue)
        #expect(table[york] == PhraseKinds([.city, .continues]).rawValue)
        #expect(table[WordHash.phrase(york, adding: Lexicon.hash("Times"))] == PhraseKinds.organization.rawValue)
        #expect(table[WordHash.phrase(york, adding: Lexicon.hash("City"))] == nil)
    }
}
