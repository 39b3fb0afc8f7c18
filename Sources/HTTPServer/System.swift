import CLinux
import Glibc

/// A system call that failed: which, and why.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call's name.
    public let call: String
    /// The value of errno.
    public let code: Int32

    /// `bind: Address already in use`.
    public var description: String { "\(call): \(String(cString: strerror(code)))" }

    static func last(_ call: String) -> SystemError { SystemError(call: call, code: errno) }
}

/// Every system call of this module, each with errno turned into a value.
enum System {
    /// What a non-blocking transfer did.
    enum Transfer {
        case bytes(Int)
        case wouldBlock
        /// The other side sends nothing more.
        case ended
        case failed(Int32)
    }

    @inline(__always)
    private static func transfer(_ call: () -> Int) -> Transfer {
        while true {
            let count = call()
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case let code: return .failed(code)
            }
        }
    }

    // MARK: Transfer

    static func receive(_ descriptor: Int32, into bytes: inout [UInt8]) -> Transfer {
        bytes.withUnsafeMutableBytes { room in transfer { recv(descriptor, room.baseAddress, room.count, 0) } }
    }

    /// `hasMore` tells the kernel to wait with a small segment for what follows.
    static func send(_ descriptor: Int32, _ bytes: [UInt8], hasMore: Bool = false) -> Transfer {
        bytes.withUnsafeBytes { bytes in transfer { Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags(hasMore)) } }
    }

    private static func flags(_ hasMore: Bool) -> Int32 { Int32(MSG_NOSIGNAL) | (hasMore ? Int32(MSG_MORE) : 0) }

    /// Gathered write of `parts`, which are not empty.
    static func send(_ descriptor: Int32, gathering parts: UnsafeMutableBufferPointer<iovec>, hasMore: Bool = false) -> Transfer {
        var message = msghdr()
        message.msg_iov = parts.baseAddress
        message.msg_iovlen = parts.count
        return transfer { sendmsg(descriptor, &message, flags(hasMore)) }
    }

    static func sendFile(_ descriptor: Int32, from file: Int32, at offset: Int, count: Int) -> Transfer {
        var position = off_t(offset)
        return transfer { sendfile(descriptor, file, &position, count) }
    }

    /// Reads `count` bytes at `offset` of a regular file; nil if there are fewer, or on an error.
    static func read(_ file: Int32, at offset: Int, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let result = bytes.withUnsafeMutableBytes { room in
                transfer { pread(file, room.baseAddress.map { $0 + done }, count - done, off_t(offset + done)) }
            }
            guard case .bytes(let more) = result else { return nil }
            done += more
        }
        return bytes
    }

    static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

    static func shutdownWriting(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the next close of this socket a reset, which frees it at once.
    static func resetOnClose(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    // MARK: Waiting

    static func makePoll() throws(SystemError) -> Int32 {
        let descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        if descriptor < 0 { throw .last("epoll_create1") }
        return descriptor
    }

    @discardableResult
    static func watch(_ poll: Int32, _ descriptor: Int32, _ interest: UInt32, tag: UInt64, isNew: Bool) -> Bool {
        var event = epoll_event(events: interest, data: epoll_data_t(u64: tag))
        return epoll_ctl(poll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) == 0
    }

    /// How many of `events` were filled, after so many milliseconds at most.
    static func collect(_ poll: Int32, into events: inout [epoll_event], waiting patience: Int32) -> Int {
        let room = Int32(events.count)
        return max(0, Int(epoll_wait(poll, &events, room, patience)))
    }

    /// A descriptor that becomes readable by `wake`.
    static func makeEvent() throws(SystemError) -> Int32 {
        let descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        if descriptor < 0 { throw .last("eventfd") }
        return descriptor
    }

    static func wake(_ event: Int32) { _ = eventfd_write(event, 1) }

    // MARK: Clocks

    /// Nanoseconds of a clock that only goes forward.
    static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Seconds since 1970.
    static func seconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec)
    }

    // MARK: Process

    /// Raises the soft limit of open descriptors to the hard one, and says what it is.
    static func raiseDescriptorLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = rlimit(rlim_cur: limit.rlim_max, rlim_max: limit.rlim_max)
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// A peer that went away is a result of the write, never a signal. `sendfile` has no flag for it.
    static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

    static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
