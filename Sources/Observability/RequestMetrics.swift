public import CoreMetrics
import Synchronization

/// Counts requests by route, method and status, their time by route, and the bytes of their answers.
public final class RequestMetrics: Sendable {
    private struct Key: Hashable, Sendable {
        let route: Int
        let method: String
        let status: Int
    }

    private let factory: any MetricsFactory
    private let routes: [String]
    private let durations: [Timer]
    // Held to find a counter, which after the first requests is always there.
    private let counters = Mutex<[Key: Counter]>([:])

    /// Metrics of requests over these routes.
    public init(routes: [String], factory: any MetricsFactory) {
        self.factory = factory
        self.routes = routes
        durations = routes.map {
            Timer(label: "dateline_http_request_duration_seconds", dimensions: [("route", $0)], factory: factory)
        }
    }

    /// Counts one answered request.
    /// - Parameters:
    ///   - route: its place in `routes`.
    ///   - method: one of those that the routes know, or a word for all others: each makes a time series.
    public func record(route: Int, method: String, status: Int, nanoseconds: Int64) {
        let key = Key(route: route, method: method, status: status)
        let counter = counters.withLock { counters in
            if let known = counters[key] { return known }
            let made = Counter(
                label: "dateline_http_requests_total",
                dimensions: [("route", routes[route]), ("method", method), ("status", String(status))], factory: factory)
            counters[key] = made
            return made
        }
        counter.increment()
        durations[route].recordNanoseconds(nanoseconds)
    }
}
