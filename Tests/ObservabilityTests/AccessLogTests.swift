import Foundation
import HTTPTypes
import HTTPWire
import Observability
import Testing

@Suite struct AccessLogTests {
    /// What the log writes for a request.
    private func line(_ format: AccessLog.Format, _ request: Request?, status: Int = 200) throws -> String {
        let pipe = Pipe()
        let writer = LineWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        AccessLog(format, writer: writer).record(
            AccessRecord(
                request: request, client: "192.0.2.1", time: (784_111_777, 42_000_000), status: status, bodyBytes: 12,
                nanoseconds: 1_500_000))
        writer.flush()
        try pipe.fileHandleForWriting.close()
        return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }

    @Test func combinedIsWhatOtherServersWrite() throws {
        let request = Request(
            method: .get, target: "/articles?q=a%20b", fields: [.userAgent: "curl/8 \"x\"", .referer: "http://a/\u{e9}"])
        let text = try line(.combined, request)
        #expect(
            text
                == #"192.0.2.1 - - [06/Nov/1994:08:49:37 +0000] "GET /articles?q=a%20b HTTP/1.1" 200 12 "http://a/\xC3\xA9" "curl/8 \x22x\x22""#
                + "\n")
        #expect(try line(.combined, nil, status: 400) == #"192.0.2.1 - - [06/Nov/1994:08:49:37 +0000] "-" 400 12 "-" "-""# + "\n")
    }

    @Test func jsonNamesEverything() throws {
        let request = Request(
            method: .post, target: "/articles", fields: [.host: "news.example", .requestID: "r-1", .traceparent: "00-a-b-01"])
        #expect(
            try line(.json, request)
                == #"{"time":"1994-11-06T08:49:37.042Z","client":"192.0.2.1","method":"POST","target":"/articles","host":"news.example","#
                + #""protocol":"HTTP/1.1","status":200,"bytes":12,"seconds":0.0015,"requestId":"r-1","traceparent":"00-a-b-01"}"# + "\n")
    }

    @Test func linesBeyondTheLimitAreDroppedAndCounted() throws {
        let pipe = Pipe()
        // Nobody reads: the pipe takes 64 KB, the writer 1 KB, and the rest is dropped without anyone waiting.
        let writer = LineWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor, limit: 1_024)
        for _ in 0..<10_000 { writer.write { $0 += [UInt8](repeating: 97, count: 99) + [10] } }
        #expect(writer.dropped > 5_000)
        let reading = Thread { _ = try? pipe.fileHandleForReading.readToEnd() }
        reading.start()
        writer.flush()
        try pipe.fileHandleForWriting.close()
    }
}
