import Foundation
import Journal
import News
import NewsIndex
import Newsroom
import TestSupport
import Testing

/// What is served is durable, in order, and whole.
struct WritingTests {
    let journal = MemoryJournal()
    let room: Newsroom
    init() throws { room = try Newsroom(journal) }

    @Test func whatIsAnsweredIsDurableAndServed() async throws {
        await withTaskGroup { group in
            for writer in 0..<8 {
                group.addTask {
                    for number in 0..<50 {
                        guard
                            let command = try? post(
                                #"{"uri":"u:\#(writer)-\#(number % 20)","headline":"\#(number)","entities":[{"name":"E\#(number % 7)"}]}"#),
                            case .success(let done) = await room.result(command)
                        else {
                            Issue.record("\(writer)-\(number) was refused")
                            continue
                        }
                        let sequence = done.snapshot.index.sequence
                        #expect(journal.records.count >= Int(sequence) && room.index.sequence >= sequence)
                        #expect(done.article?.headline == "\(number)" && room.article(done.id) != nil)
                    }
                }
            }
        }
        #expect(journal.records.map(\.sequence) == Array(1...UInt64(journal.records.count)))
        #expect(room.index.articleCount == 160 && room.index.sequence == 400)
        #expect(try room.faults(journal) == [])
    }

    /// Nobody sees what is not on disk yet.
    @Test func nothingIsServedBeforeItIsDurable() async throws {
        try await room.done(try post(#"{"uri":"u:1","headline":"before"}"#))
        journal.shut()
        let answer = Shared<[Result<Done, Refusal>]?>(nil)
        room.submit([try post(#"{"uri":"u:1","headline":"after"}"#), try post(#"{"headline":"new"}"#)]) { results in
            answer.change { $0 = results }
        }
        journal.awaitWriter()
        #expect(room.index.sequence == 1 && room.index.articleCount == 1)
        #expect(answer.value == nil)
        journal.open()
        room.close()
        #expect(room.index.articleCount == 2 && answer.value?.count == 2)
    }

    /// Those that wait while a batch is written go into few batches, and are answered in the order in which they came.
    @Test func groupCommit() async throws {
        journal.shut()
        let order = Shared<[Int]>([])
        for number in 0..<500 {
            room.submit([try post(#"{"headline":"\#(number)"}"#)]) { results in
                if case .success = results[0] { order.change { $0.append(number) } }
            }
        }
        journal.awaitWriter()
        journal.open()
        room.close()
        #expect(order.value == Array(0..<500))
        #expect(journal.appends.reduce(0, +) == 500 && journal.appends.count <= 5, "\(journal.appends)")
    }

    @Test(arguments: [JournalError.full("test"), .failed("test")])
    func aFailedBatchChangesNothing(_ error: JournalError) async throws {
        let kept = try await room.done(try post(#"{"uri":"u:1","headline":"kept","entities":[{"name":"Ann"}]}"#))
        let before = room.snapshot
        journal.failure = error
        let commands = [
            try post(#"{"uri":"u:1","headline":"lost"}"#), try post(#"{"uri":"u:2","headline":"lost"}"#),
            .withdraw(ArticleID(kept.id)!, .none), .deleteEntity("ann", .none),
            // This contradicts only what did not happen.
            try post(#"{"id":"018bed3a-1234-7abc-8def-0123456789ab","uri":"u:2","headline":"lost"}"#),
        ]
        for result in await room.results(commands) { #expect(throws: Refusal.storage(error)) { try result.get() } }
        for command in commands.prefix(4) { #expect(await room.refusal(command) == .storage(error)) }
        #expect(room.storageFailure == error && room.index.sequence == 1 && room.index.differences(from: before.index) == [])
        #expect(room.article(kept.id)?.article().headline == "kept" && journal.records.count == 1)

        journal.failure = nil
        let after = try await room.done(try post(#"{"uri":"u:2","headline":"after"}"#))
        #expect(after.effect == .created && after.article?.version == 1 && room.index.sequence == 2 && room.storageFailure == nil)
        #expect(try room.faults(journal) == [])
    }

    /// A disk that comes and goes, under many writers: whatever was answered well is there, and nothing else is.
    @Test(arguments: 0..<3 as Range<UInt64>)
    func aDiskThatComesAndGoes(_ seed: UInt64) async throws {
        let acknowledged = Shared<[String: String]>([:])
        await withTaskGroup { group in
            for writer in 0..<6 {
                group.addTask {
                    var chance = Chance(seed: seed * 100 + UInt64(writer))
                    for number in 0..<80 {
                        if chance.once(in: 6) { journal.failure = chance.once(in: 2) ? .full("test") : nil }
                        let uri = "u:\(writer)-\(chance.below(10))"
                        guard let command = try? post(#"{"uri":"\#(uri)","headline":"\#(writer)-\#(number)"}"#) else { continue }
                        if case .success = await room.result(command) { acknowledged.change { $0[uri] = "\(writer)-\(number)" } }
                    }
                }
            }
        }
        journal.failure = nil
        try await room.done(try post(#"{"uri":"u:last","headline":"last"}"#))
        for (uri, headline) in acknowledged.value {
            let id = room.index.article(uri: uri)?.description ?? ""
            #expect(room.article(id)?.article().headline == headline, "seed \(seed)")
        }
        #expect(room.index.articleCount == acknowledged.value.count + 1, "seed \(seed)")
        #expect(room.index.sequence == UInt64(journal.records.count))
        #expect(try room.faults(journal) == [], "seed \(seed)")
    }

    @Test func tooMuchAtOnce() async throws {
        journal.shut()
        let refused = Shared(0)
        let done = Shared(0)
        func submit(_ count: Int) throws {
            let commands = [Command](repeating: .deleteEntity("nobody", .none), count: count - 1) + [try post(#"{"headline":"x"}"#)]
            room.submit(commands) { results in
                #expect(results.count == count)
                if case .failure(.overloaded) = results[count - 1] { refused.change { $0 += 1 } } else { done.change { $0 += 1 } }
            }
        }
        // Some are taken up at once; of those that wait, no more than the limit.
        for _ in 0..<40 { try submit(Newsroom.queueLimit / 10) }
        #expect(refused.value > 0 && refused.value <= 30)
        journal.open()
        room.close()
        #expect(done.value + refused.value == 40)
        #expect(room.index.articleCount == done.value)
    }

    /// However long it is, one submission is taken when nothing waits, since it would be refused for ever.
    @Test func oneLongSubmission() async throws {
        let results = await room.results([Command](repeating: .deleteEntity("nobody", .none), count: Newsroom.queueLimit + 1))
        #expect(results.count == Newsroom.queueLimit + 1)
        for result in results { #expect(throws: Refusal.notFound) { try result.get() } }
        #expect(await room.results([]).isEmpty)
    }

    @Test func closing() async throws {
        journal.shut()
        let answered = Shared(0)
        for _ in 0..<100 { room.submit([try post(#"{"headline":"x"}"#)]) { if case .success = $0[0] { answered.change { $0 += 1 } } } }
        journal.open()
        room.close()
        // All that was handed in is answered by now, and nothing more is taken.
        #expect(answered.value == 100 && journal.records.count == 100)
        #expect(await room.refusal(try post(#"{"headline":"x"}"#)) == .closed)
        room.close()
        #expect(journal.records.count == 100)
    }
}
