import News

extension Reading {
    /// Finds what happened, or will, in the texts of an article: from sentences with a word for a happening, its participants among the
    /// mentions and its time among the dates. What is told of one happening in several places is one event.
    ///
    /// `today` is the day of publication, which says what is over and what is to come.
    public static func events(
        in texts: [(field: TextSpan.Field, text: TokenizedText)], mentions: [Mention], dates: [FoundDate], today: CalendarDay
    ) -> [FoundEvent] {
        var gathered = EventGathering(mentions: mentions)
        for (field, text) in texts {
            EventScan(text: text, field: field, mentions: mentions, dates: dates, today: today).gather(into: &gathered)
        }
        return gathered.events
    }
}
