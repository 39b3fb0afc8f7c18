import Foundation
import News
import NewsIndex
import TestSupport
import Testing

struct TimeGridTests {
    static func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    @Test(arguments: [
        (TimeGrid.Interval.hour, 0, "2023-11-20T10:59:59.999Z", "2023-11-20T10:00:00Z", "2023-11-20T10:00Z"),
        (.hour, 330, "2023-11-20T10:15:00Z", "2023-11-20T09:30:00Z", "2023-11-20T15:00+05:30"),
        (.day, 0, "2023-11-20T23:59:59Z", "2023-11-20T00:00:00Z", "2023-11-20"),
        (.day, 120, "2023-11-20T23:00:00Z", "2023-11-20T22:00:00Z", "2023-11-21"),
        (.day, -300, "2023-11-20T04:59:59Z", "2023-11-19T05:00:00Z", "2023-11-19"),
        (.week, 0, "2023-11-26T23:59:59Z", "2023-11-20T00:00:00Z", "2023-W47"),
        (.week, 0, "2021-01-03T12:00:00Z", "2020-12-28T00:00:00Z", "2020-W53"),
        (.week, 0, "2024-12-30T00:00:00Z", "2024-12-30T00:00:00Z", "2025-W01"),
        (.month, 0, "2024-02-29T12:00:00Z", "2024-02-01T00:00:00Z", "2024-02"),
        (.month, 60, "2024-01-31T23:30:00Z", "2024-01-31T23:00:00Z", "2024-02"),
        (.year, 0, "2023-12-31T23:59:59Z", "2023-01-01T00:00:00Z", "2023"),
        (.year, -60, "2023-01-01T00:30:00Z", "2022-01-01T01:00:00Z", "2022"),
        (.day, 0, "1969-12-31T23:59:59Z", "1969-12-31T00:00:00Z", "1969-12-31"),
        (.year, 0, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001"),
        (.hour, -90, "1965-03-01T00:10:00Z", "1965-02-28T23:30:00Z", "1965-02-28T22:00-01:30"),
    ])
    func intervals(_ interval: TimeGrid.Interval, _ zone: Int, _ text: String, _ start: String, _ label: String) throws {
        let grid = try #require(TimeGrid(interval, zone: zone))
        let instant = try Self.instant(text)
        #expect(grid.start(of: instant).description == start)
        #expect(grid.label(of: instant) == label)
    }

    /// Foundation's calendar says the same.
    @Test(arguments: TimeGrid.Interval.allCases)
    func foundationAgrees(_ interval: TimeGrid.Interval) throws {
        var chance = Chance(seed: 5)
        for _ in 0..<400 {
            // Foundation has no zones beyond 18 hours.
            let zone = chance.below(2_161) - 1_080
            var calendar = Calendar(identifier: .iso8601)
            calendar.timeZone = try #require(TimeZone(secondsFromGMT: zone * 60))
            let instant = Instant(milliseconds: Int64.random(in: -2_000_000_000_000...4_000_000_000_000, using: &chance))
            let component: Calendar.Component =
                switch interval {
                case .hour: .hour
                case .day: .day
                case .week: .weekOfYear
                case .month: .month
                case .year: .year
                }
            let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)
            let expected = try #require(calendar.dateInterval(of: component, for: date))
            let grid = try #require(TimeGrid(interval, zone: zone))
            #expect(grid.start(of: instant).milliseconds == Int64(expected.start.timeIntervalSince1970 * 1_000), "\(instant) \(zone)")
            #expect(grid.end(of: instant).milliseconds == Int64(expected.end.timeIntervalSince1970 * 1_000), "\(instant) \(zone)")
        }
    }

    @Test func anyInstantIsInItsInterval() throws {
        var chance = Chance(seed: 6)
        for _ in 0..<5_000 {
            let grid = try #require(TimeGrid(chance.one(of: TimeGrid.Interval.allCases), zone: chance.below(2_879) - 1_439))
            let instant = chance.instant()
            #expect(grid.start(of: instant) <= instant && instant < grid.end(of: instant))
            #expect(grid.number(of: grid.start(of: instant)) == grid.number(of: instant))
            #expect(grid.number(of: grid.end(of: instant)) == grid.number(of: instant) + 1)
            #expect(grid.begin(grid.number(of: instant)) == grid.start(of: instant))
        }
        for extreme in [Int64.min, .max, Instant.first.milliseconds, Instant.last.milliseconds] {
            for interval in TimeGrid.Interval.allCases {
                let grid = try #require(TimeGrid(interval, zone: 1_439))
                #expect(!grid.label(of: Instant(milliseconds: extreme)).isEmpty)
                _ = grid.begin(extreme)
            }
        }
        #expect(TimeGrid(.day, zone: 1_440) == nil && TimeGrid(.day, zone: -1_440) == nil)
    }

    @Test func countsHaveNoGapsAndALimit() throws {
        let grid = try #require(TimeGrid(.day))
        let instants = try ["2023-11-20T10:00:00Z", "2023-11-20T11:00:00Z", "2023-11-23T00:00:00Z", "2023-11-20T23:00:00Z"].map(
            Self.instant)
        let counts = try #require(grid.counts(instants, limit: 4))
        #expect(counts.map { grid.label(of: $0.start) } == ["2023-11-20", "2023-11-21", "2023-11-22", "2023-11-23"])
        #expect(counts.map(\.count) == [3, 0, 0, 1])
        #expect(grid.counts(instants, limit: 3) == nil)
        #expect(grid.counts([], limit: 3)?.isEmpty == true)
        #expect(grid.counts([.first, .last], limit: 1_000_000) == nil)
    }

    @Test func countsAreThoseOfANaiveCount() throws {
        var chance = Chance(seed: 9)
        for _ in 0..<300 {
            let grid = try #require(TimeGrid(chance.one(of: TimeGrid.Interval.allCases), zone: chance.below(2_879) - 1_439))
            let instants = (0..<chance.below(50)).map { _ in Instant(milliseconds: 1_700_000_000_000 + Int64(chance.below(4_000)) * 600_000)
            }
            let counts = try #require(grid.counts(instants, limit: 10_000))
            let naive = Dictionary(grouping: instants, by: grid.start).mapValues(\.count)
            #expect(counts.filter { $0.count > 0 }.count == naive.count)
            for (start, count) in counts { #expect(naive[start, default: 0] == count) }
            #expect(zip(counts, counts.dropFirst()).allSatisfy { grid.end(of: $0.start) == $1.start })
        }
    }
}
