public import CoreMetrics
public import HTTPWire
import Synchronization

/// Counts requests by route, method and status, their time by route.
public final class RequestMetrics: Sendable {
    private let factory: any MetricsFactory
    private let routes: [String]
    // Held to find the handles, which after the first requests are always there. The key is route, method and status in one number,
    // since this is done for every request.
    private let handles = Mutex<[Int: (count: Counter, duration: Timer)]>([:])

    /// Metrics of requests over these routes.
    public init(routes: [String], factory: any MetricsFactory) {
        self.factory = factory
        self.routes = routes
    }

    /// Counts one answered request.
    /// - Parameters:
    ///   - route: its place in `routes`.
    ///   - method: nil if it could not be read.
    public func record(route: Int, method: KnownMethod?, status: Int, nanoseconds: Int64) {
        let key = route << 20 | Int(method?.rawValue ?? 0xFF) << 10 | status & 0x3FF
        let (count, duration) = handles.withLock { handles in
            if let known = handles[key] { return known }
            let route = ("route", routes[route])
            let name = method.map { "\($0)".uppercased() } ?? "-"
            let made = (
                Counter(
                    label: "dateline_http_requests_total", dimensions: [route, ("method", name), ("status", String(status))],
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
