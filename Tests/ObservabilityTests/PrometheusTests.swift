import CoreMetrics
import Observability
import Testing

@Suite struct PrometheusTests {
    @Test func everyKindIsWrittenAsPrometheusReadsIt() {
        let registry = PrometheusRegistry(help: ["requests_total": "All\nof them."])
        Counter(label: "requests_total", dimensions: [("route", "/a\"b\\"), ("method", "GET")], factory: registry).increment(by: 3)
        Counter(label: "requests_total", factory: registry).increment()
        Meter(label: "open", factory: registry).set(2.5)
        Gauge(label: "depth", factory: registry).record(7)
        FloatingPointCounter(label: "seconds.total", factory: registry).increment(by: 0.25)
        Recorder(label: "sizes", factory: registry).record(10)
        #expect(
            String(decoding: registry.write(), as: UTF8.self) == """
                # TYPE depth gauge
                depth 7
                # TYPE open gauge
                open 2.5
                # HELP requests_total All\\nof them.
                # TYPE requests_total counter
                requests_total 1
                requests_total{route="/a\\"b\\\\",method="GET"} 3
                # TYPE seconds_total counter
                seconds_total 0.25
                # TYPE sizes summary
                sizes_sum 10.0
                sizes_count 1

                """)
    }

    @Test func aHistogramsBucketsAddUp() throws {
        let registry = PrometheusRegistry()
        let timer = Timer(label: "t", dimensions: [("route", "/")], factory: registry)
        for nanoseconds in [1, 100_000, 100_001, 3_000_000, 20_000_000_000] as [Int64] { timer.recordNanoseconds(nanoseconds) }
        let lines = String(decoding: registry.write(), as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines.contains(#"t_bucket{route="/",le="0.0001"} 2"#))
        #expect(lines.contains(#"t_bucket{route="/",le="0.00025"} 3"#))
        #expect(lines.contains(#"t_bucket{route="/",le="0.005"} 4"#))
        #expect(lines.contains(#"t_bucket{route="/",le="10.0"} 4"#))
        #expect(lines.contains(#"t_bucket{route="/",le="+Inf"} 5"#))
        #expect(lines.contains(#"t_count{route="/"} 5"#))
        #expect(lines.contains { $0.hasPrefix(#"t_sum{route="/"} 20.00320"#) })
    }

    @Test func aLabelAskedForAgainIsTheSameNumber() {
        let registry = PrometheusRegistry()
        for _ in 0..<3 { Counter(label: "n", dimensions: [("a", "b")], factory: registry).increment() }
        #expect(String(decoding: registry.write(), as: UTF8.self).contains(#"n{a="b"} 3"#))
    }

    @Test func aForgottenNumberIsGone() {
        let registry = PrometheusRegistry()
        let counter = Counter(label: "n", factory: registry)
        counter.destroy()
        #expect(!String(decoding: registry.write(), as: UTF8.self).contains("n 0"))
    }

    @Test func aSamplerTellsGrowthOnce() {
        let registry = PrometheusRegistry()
        let sampler = Sampler(factory: registry)
        sampler.counter("total") { 5 }
        sampler.gauge("level") { 4 }
        sampler.secondsCounter("seconds") { 1.5 }
        for _ in 0..<3 { sampler.sample() }
        let text = String(decoding: registry.write(), as: UTF8.self)
        for line in ["total 5\n", "level 4\n", "seconds 1.5\n"] { #expect(text.contains(line)) }
    }
}
