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
    // Held to find the handles, which after the first requests are always there.
    private let handles = Mutex<[Key: (count: Counter, duration: Timer)]>([:])

    /// Metrics of requests over these routes.
    public init(routes: [String], factory: any MetricsFactory) {
        self.factory = factory
        self.routes = routes
    }

    /// Counts one answered request.
    /// - Parameters:
    ///   - route: its place in `routes`.
    ///   - method: one of those that the routes know, or a word for all others: each makes a time series.
    public func record(route: Int, method: String, status: Int, nanoseconds: Int64) {
        let key = Key(route: route, method: method, status: status)
        let (count, duration) = handles.withLock { handles in
            if let known = handles[key] { return known }
            let route = ("route", routes[route])
            let made = (
                Counter(
                    label: "dateline_http_requests_total", dimensions: [route, ("method", method), ("status", String(status))],
                    factory: factory),
                Timer(label: "dateline_http_request_duration_seconds", dimensions: [route], factory: factory)
            )
            handles[key] = made
            return made
        }
        count.increment()
        duration.recordNanoseconds(nanoseconds)
    }
}
