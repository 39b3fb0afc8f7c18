import News

/// Times of the day.
extension DateScan {
    private struct Clock {
        var minute: Int
        var zone: Int?
        var next: Int
    }

    /// "at 9:30 p.m. on Monday", "2:30 the next day", "22:30" after a preposition.
    func clockTime(at start: Int) -> TimeExpression? {
        guard let clock = clock(at: start) else { return nil }
        // The day may follow.
        var index = clock.next
        if isFunction(index, .comma) { index += 1 }
        if isFunction(index, .on) { index += 1 }
        if let day = nakedDay(at: index) {
            return TimeExpression(start..<day.range.upperBound, .clock(day.day, minute: clock.minute, zone: clock.zone), day.confidence)
        }
        let anchor = anchorDay(for: start)
        return TimeExpression(
            start..<clock.next, .clock(anchor ?? today, minute: clock.minute, zone: clock.zone), anchor == nil ? 0.6 : 0.75)
    }

    /// "Monday at 9 a.m.": the time belongs to the day.
    func withClock(_ expression: TimeExpression) -> TimeExpression {
        guard case .day(let day) = expression.value else { return expression }
        var index = expression.range.upperBound
        if isFunction(index, .comma) { index += 1 }
        guard isFunction(index, .at), let clock = clock(at: index + 1) else { return expression }
        return TimeExpression(
            expression.range.lowerBound..<clock.next, .clock(day, minute: clock.minute, zone: clock.zone), expression.confidence)
    }

    private func clock(at start: Int) -> Clock? {
        guard start < count else { return nil }
        if case .noon = word(start) { return withZone(12 * 60, start + 1) }
        if case .midnight = word(start) { return withZone(0, start + 1) }
        guard text.tokens[start].traits.contains(.digit), let (hour, minute, suffix) = digits(of: start) else { return nil }
        var next = start + 1
        var half = suffix
        if half == nil {
            if isFunction(next, .am) { half = false } else if isFunction(next, .pm) { half = true }
            if half != nil { next += 1 }
        }
        if let half {
            guard (1...12).contains(hour) else { return nil }
            return withZone((hour % 12 + (half ? 12 : 0)) * 60 + (minute ?? 0), next)
        }
        if isFunction(next, .oClock), hour <= 12 { return withZone(hour * 60, next + 1) }
        guard let minute, hour < 24, isTimePreposition(start - 1) || isZone(next) else { return nil }
        return withZone(hour * 60 + minute, next)
    }

    /// Hour and minute of `9`, `9:30`, `9.30pm`, `10am`, `1200`; true is after noon.
    private func digits(of index: Int) -> (hour: Int, minute: Int?, half: Bool?)? {
        let bytes = text.bytes[text.tokens[index].bytes]
        var numbers: [Int] = [0]
        var width = 0
        var rest = bytes
        while let byte = rest.first {
            if byte &- 0x30 < 10 {
                width += 1
                guard width <= 4 else { return nil }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - 0x30)
            } else if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "."), numbers.count < 3,
                rest.dropFirst().first.map({ $0 &- 0x30 < 10 }) == true
            {
                numbers.append(0)
                width = 0
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        var half: Bool?
        switch String(decoding: rest, as: UTF8.self).lowercased() {
        case "": break
        case "am", "a.m.", "a.m": half = false
        case "pm", "p.m.", "p.m": half = true
        default: return nil
        }
        if numbers.count == 1, width == 4, half == nil {
            // 1200 GMT.
            guard isZone(index + 1), numbers[0] / 100 < 24, numbers[0] % 100 < 60 else { return nil }
            return (numbers[0] / 100, numbers[0] % 100, nil)
        }
        guard numbers[0] < 25, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        if numbers.count > 1, half == nil, bytes.contains(UInt8(ascii: ".")), !isFunction(index + 1, .am), !isFunction(index + 1, .pm) {
            return nil
        }
        return (numbers[0], numbers.count > 1 ? numbers[1] : nil, half)
    }

    private func isZone(_ index: Int) -> Bool {
        if case .zone = word(index) { return text.tokens[index].isAllCapitals }
        return isFunction(index, .local)
    }

    private func isTimePreposition(_ index: Int) -> Bool {
        switch word(index) {
        case .function(.at), .function(.by), .function(.until), .function(.from), .function(.since), .function(.before), .function(.after),
            .function(.to), .function(.about):
            true
        default: false
        }
    }

    private func withZone(_ minute: Int, _ next: Int) -> Clock {
        var index = next
        let isBracketed = isFunction(index, .openBracket)
        if isBracketed { index += 1 }
        if case .zone(let zone) = word(index), text.tokens[index].isAllCapitals {
            return Clock(minute: minute, zone: zone, next: index + (isBracketed && text.isMark(index + 1, ")") ? 2 : 1))
        }
        if isFunction(next, .local), isFunction(next + 1, .time) { return Clock(minute: minute, zone: nil, next: next + 2) }
        return Clock(minute: minute, zone: nil, next: next)
    }
}
