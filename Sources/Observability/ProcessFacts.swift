import Glibc

/// What the kernel says of this process, by Prometheus' standard names.
public enum ProcessFacts {
    /// Has the sampler ask for them.
    public static func register(with sampler: Sampler) {
        let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
        let started = Double(time(nil))
        sampler.gauge("process_resident_memory_bytes") { (field(1, of: "/proc/self/statm") ?? 0) * pageSize }
        sampler.gauge("process_virtual_memory_bytes") { (field(0, of: "/proc/self/statm") ?? 0) * pageSize }
        sampler.gauge("process_threads") { field(17, of: "/proc/self/stat") ?? 0 }
        sampler.gauge("process_open_fds") { Double(openDescriptors()) }
        sampler.gauge("process_start_time_seconds") { started }
        sampler.secondsCounter("process_cpu_seconds_total") {
            var usage = rusage()
            guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
            let times = [usage.ru_utime, usage.ru_stime]
            return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
        }
    }

    /// A blank-separated number; the program's name, which may hold blanks, is taken for one field.
    private static func field(_ index: Int, of path: String) -> Double? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        guard let parenthesis = text.lastIndex(of: ")") else { return number(text.split(separator: " "), index) }
        return number(text[text.index(after: parenthesis)...].split(separator: " "), index)
    }

    private static func number(_ fields: [Substring], _ index: Int) -> Double? { index < fields.count ? Double(fields[index]) : nil }

    private static func openDescriptors() -> Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return max(0, count - 3)  // Without ".", ".." and the folder itself.
    }
}
