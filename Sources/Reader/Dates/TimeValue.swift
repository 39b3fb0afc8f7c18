import News

/// What an expression of time means.
enum TimeValue: Sendable, Equatable {
    /// A day, counted from 1970.
    case day(Int64)
    /// A week by its Monday.
    case week(Int64)
    /// A weekend by its Saturday.
    case weekend(Int64)
    case month(year: Int, month: Int)
    case quarter(year: Int, Int)
    case half(year: Int, Int)
    case season(year: Int, Season)
    case year(Int)
    /// By its first three digits.
    case decade(Int)
    /// By its first two digits.
    case century(Int)
    case part(Int64, PartOfDay)
    /// A time of day, and minutes east of Greenwich if the text says where.
    case clock(Int64, minute: Int, zone: Int?)
    case present, past, future
    /// A length of time; nil is some.
    case duration(Double?, TimeUnit)
    /// A length of time up to a day, or from one.
    case stretch(Double?, TimeUnit, first: Int64?, last: Int64?)
    /// Every so often.
    case repeated(Double, TimeUnit)
    /// Every week on this day, 0 is Monday.
    case weekly(Int)
}

extension TimeValue {
    var kind: FoundDate.Kind {
        switch self {
        case .part, .clock: .time
        case .duration, .stretch: .duration
        case .repeated, .weekly: .set
        default: .date
        }
    }

    var precision: FoundDate.Precision? {
        switch self {
        case .day: .day
        case .week: .week
        case .weekend: .weekend
        case .month: .month
        case .quarter: .quarter
        case .half: .half
        case .season: .season
        case .year: .year
        case .decade: .decade
        case .century: .century
        case .part: .partOfDay
        case .clock: .minute
        case .present, .past, .future, .duration, .stretch, .repeated, .weekly: nil
        }
    }

    /// The first and the last day that are meant.
    var days: (first: Int64?, last: Int64?) {
        switch self {
        case .day(let day), .part(let day, _), .clock(let day, _, _): (day, day)
        case .week(let monday): (monday, monday + 6)
        case .weekend(let saturday): (saturday, saturday + 1)
        case .month(let year, let month): Self.months(year, month, 1)
        case .quarter(let year, let quarter): Self.months(year, quarter * 3 - 2, 3)
        case .half(let year, let half): Self.months(year, half * 6 - 5, 6)
        case .season(let year, let season): Self.months(year, season.rawValue * 3 + 3, 3)
        case .year(let year): Self.months(year, 1, 12)
        case .decade(let decade): Self.months(decade * 10, 1, 120)
        case .century(let century): Self.months(century * 100, 1, 1200)
        case .stretch(_, _, let first, let last): (first, last)
        case .present, .past, .future, .duration, .repeated, .weekly: (nil, nil)
        }
    }

    /// From the first of a month, through so many months.
    private static func months(_ year: Int, _ month: Int, _ count: Int) -> (Int64?, Int64?) {
        // There is no year 0, but the first century is written 00.
        let year = max(year, 1)
        let after = year * 12 + month - 1 + count
        guard let first = CalendarDay(year: Int64(year), month: Int64(month), day: 1),
            let next = CalendarDay(year: Int64(min(after / 12, 9999)), month: Int64(after % 12 + 1), day: 1)
        else { return (nil, nil) }
        return (first.days, next.days - 1)
    }

    /// The value as TIMEX3 writes it.
    var text: String {
        switch self {
        case .day(let day): Self.text(day)
        case .week(let monday): Self.weekText(monday)
        case .weekend(let saturday): Self.weekText(saturday - 5) + "-WE"
        case .month(let year, let month): Self.digits(year, 4) + "-" + Self.digits(month, 2)
        case .quarter(let year, let quarter): Self.digits(year, 4) + "-Q\(quarter)"
        case .half(let year, let half): Self.digits(year, 4) + "-H\(half)"
        case .season(let year, let season): Self.digits(year, 4) + ["-SP", "-SU", "-FA", "-WI"][season.rawValue]
        case .year(let year): Self.digits(year, 4)
        case .decade(let decade): Self.digits(decade, 3)
        case .century(let century): Self.digits(century, 2)
        case .part(let day, let part): Self.text(day) + "T" + part.rawValue
        case .clock(let day, let minute, let zone):
            Self.text(day) + "T" + Self.digits(minute / 60, 2) + ":" + Self.digits(minute % 60, 2) + Self.zoneText(zone)
        case .present: "PRESENT_REF"
        case .past: "PAST_REF"
        case .future: "FUTURE_REF"
        case .duration(let amount, let unit), .stretch(let amount, let unit, _, _): Self.durationText(amount, unit)
        case .repeated(let amount, let unit): Self.durationText(amount, unit)
        // TIMEX3 writes X for the digits of the year and week that a set leaves open.
        case .weekly(let day): "XXXX-WXX-\(day + 1)"
        }
    }

    private static func digits(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }

    private static func text(_ day: Int64) -> String {
        let day = CalendarDay(days: day)
        return digits(Int(day.year), 4) + "-" + digits(Int(day.month), 2) + "-" + digits(Int(day.day), 2)
    }

    /// ISO 8601: a week belongs to the year that its Thursday is in.
    private static func weekText(_ monday: Int64) -> String {
        let thursday = CalendarDay(days: monday + 3)
        let first = CalendarDay(year: thursday.year, month: 1, day: 1)?.days ?? monday
        return digits(Int(thursday.year), 4) + "-W" + digits(Int((monday + 3 - first) / 7) + 1, 2)
    }

    private static func zoneText(_ zone: Int?) -> String {
        guard let zone else { return "" }
        if zone == 0 { return "Z" }
        return (zone < 0 ? "-" : "+") + digits(abs(zone) / 60, 2) + ":" + digits(abs(zone) % 60, 2)
    }

    private static func durationText(_ amount: Double?, _ unit: TimeUnit) -> String {
        let code: String
        var amount = amount
        switch unit {
        case .second: code = "S"
        case .minute: code = "M"
        case .hour: code = "H"
        case .day: code = "D"
        case .weekend: code = "WE"
        case .week: code = "W"
        case .fortnight:
            code = "W"
            amount = amount.map { $0 * 2 }
        case .month: code = "M"
        case .quarter: code = "Q"
        case .season: code = "SE"
        case .year: code = "Y"
        case .decade:
            code = amount == nil ? "DE" : "Y"
            amount = amount.map { $0 * 10 }
        case .century:
            code = amount == nil ? "CE" : "Y"
            amount = amount.map { $0 * 100 }
        }
        let isClock = unit == .second || unit == .minute || unit == .hour
        return "P" + (isClock ? "T" : "") + number(amount) + code
    }

    /// At most one digit after the point, and none where it is 0; X is an unknown number.
    private static func number(_ amount: Double?) -> String {
        guard let amount, amount < 1e15 else { return "X" }
        let tenths = Int((amount * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }
}
