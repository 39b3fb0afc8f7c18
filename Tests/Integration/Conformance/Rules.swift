import Foundation

/// What holds for every answer, whatever was asked.
enum Rules {
    /// The rules that an answer breaks.
    static func faults(of answer: RawResponse, to method: String, closes: Bool) -> [String] {
        var faults: [String] = []
        func demand(_ holds: Bool, _ rule: String) { if !holds { faults.append(rule) } }
        func values(_ name: String) -> [String] { answer.fields.values(of: name) }

        demand(answer.version == "HTTP/1.1", "9110 2.5: the server's own version")
        demand(values("Date").count == 1 && answer["Date"].map(isDate) == true, "9110 6.6.1: one Date")
        for name in ["Content-Length", "Content-Type", "ETag", "Last-Modified", "Location", "Content-Range", "Transfer-Encoding"] {
            demand(values(name).count <= 1, "9110 5.3: \(name) stands once")
        }
        let hasNoBody = answer.status == 204 || answer.status == 304
        if answer.status == 204 {
            demand(values("Content-Length").isEmpty && values("Transfer-Encoding").isEmpty, "9110 8.6: no length with 204")
        } else if !hasNoBody {
            let said = values("Content-Length").count + values("Transfer-Encoding").count
            demand(said == 1 || said == 0 && closes, "9112 6.3: a length, a coding, or the close")
        }
        if method == "HEAD" || hasNoBody { demand(answer.body.isEmpty, "9110 6.4.1: no content") }
        if let tag = answer["ETag"] { demand(isTag(tag), "9110 8.8.3: entity-tag") }
        if let modified = answer["Last-Modified"] {
            demand(isDate(modified), "9110 8.8.2: an HTTP-date")
            demand(instant(modified) <= instant(answer["Date"] ?? ""), "9110 8.8.2.1: not later than Date")
        }
        for name in ["Allow", "Vary", "Connection", "Accept", "Accept-Patch", "Accept-Ranges", "Cache-Control", "Link"] {
            let elements = values(name).flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
            demand(elements.allSatisfy { !$0.trimming(" \t").isEmpty }, "9110 5.6.1.1: no empty element in \(name)")
        }
        demand(values("Connection").allSatisfy { $0 == "close" || $0 == "keep-alive" }, "9110 7.6.1: Connection")
        demand(values("Age").isEmpty, "9111 5.1: an origin has no Age")
        let control =
            /(?:public|private|no-cache|no-store|(?:max-age|stale-while-revalidate)=\d+)(?:, (?:public|private|no-cache|no-store|(?:max-age|stale-while-revalidate)=\d+))*/
        demand(values("Cache-Control").allSatisfy { $0.wholeMatch(of: control) != nil }, "9111 5.2: directives")
        demand(values("Link").allSatisfy { $0.wholeMatch(of: /<[^<> ]+>; rel="\w+"(?:, <[^<> ]+>; rel="\w+")*/) != nil }, "8288 3: a link")
        demand(values("Retry-After").allSatisfy { Int($0) != nil || isDate($0) }, "9110 10.2.3: Retry-After")
        demand((answer["Content-Range"] == nil) || answer.status == 206 || answer.status == 416, "9110 14.4: Content-Range")
        if let range = answer["Content-Range"] {
            demand(range.wholeMatch(of: /bytes (?:\d+-\d+|\*)\/\d+/) != nil, "9110 14.4: Content-Range")
        }
        switch answer.status {
        case 405: demand(answer["Allow"] != nil, "9110 15.5.6: Allow with 405")
        case 206:
            let isMultipart = answer["Content-Type"]?.hasPrefix("multipart/byteranges; boundary=") == true
            demand((answer["Content-Range"] == nil) == isMultipart, "9110 15.3.7: Content-Range unless it is multipart")
        case 416: demand(answer["Content-Range"]?.hasPrefix("bytes */") == true, "9110 15.5.17: the length with 416")
        case 201, 301, 302, 303, 307, 308: demand(answer["Location"] != nil, "9110 15.4: Location")
        case 503: demand(answer["Retry-After"] != nil, "9110 15.6.4: Retry-After")
        default: break
        }
        if answer.status >= 400 {
            demand(answer["Content-Type"] == "application/problem+json", "9457 3: an error is a problem")
            demand(method == "HEAD" || answer.json.status == .int(answer.status), "9457 3.1.2: status")
        }
        if !answer.body.isEmpty { demand(answer["Content-Type"] != nil, "9110 8.3: Content-Type with content") }
        return faults
    }

    /// RFC 9110 §5.6.7: IMF-fixdate.
    private static func isDate(_ text: String) -> Bool {
        text.wholeMatch(
            of: /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT/) != nil
    }

    private static func isTag(_ text: String) -> Bool { text.wholeMatch(of: /(W\/)?"[\x21\x23-\x7e]*"/) != nil }

    private static func instant(_ text: String) -> Date {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: text) ?? .distantPast
    }
}
