import HTTPWire
import Synchronization

/// Decides which connections are let in, over all loops: as many as there is room for, and a fair share for each peer.
///
/// A peer may hold `generosity` times as many connections as are still free (dynamic thresholds: Choudhury and Hahne, 1998). Alone
/// it gets four fifths of all; whoever comes next finds room, and no number has to be chosen for the size of the table.
final class Admission: Sendable {
    enum Verdict {
        case admitted
        /// No room: it is told so, if it is among the first few.
        case refused(isTold: Bool)
    }

    private struct State: Sendable {
        var count = 0
        /// Those that are being told, and not counted otherwise.
        var refused = 0
        var byPeer: [UInt64: Int] = [:]
    }

    private static let generosity = 4
    /// Connections past the limit that are still told so; beyond them there is only a reset.
    private static let courtesy = 64

    private let limit: Int
    /// Whether a peer stands for many clients.
    private let isShared: @Sendable (PeerAddress) -> Bool
    // Held for a look into a dictionary, once when a connection comes and once when it goes.
    private let state = Mutex(State())

    init(limit: Int, isShared: @escaping @Sendable (PeerAddress) -> Bool) {
        self.limit = limit
        self.isShared = isShared
    }

    /// Lets a connection in, or not; either way `leave` is to be called with the verdict once it is gone.
    func enter(_ peer: PeerAddress) -> Verdict {
        let key = isShared(peer) ? nil : peer.network
        return state.withLock { state in
            let held = key.flatMap { state.byPeer[$0] } ?? 0
            let free = limit - state.count
            guard free > 0, key == nil || held < free * Self.generosity else {
                state.refused += 1
                return .refused(isTold: state.refused <= Self.courtesy)
            }
            state.count += 1
            if let key { state.byPeer[key] = held + 1 }
            return .admitted
        }
    }

    /// A connection is gone.
    func leave(_ peer: PeerAddress, _ verdict: Verdict) {
        let key = isShared(peer) ? nil : peer.network
        state.withLock { state in
            guard case .admitted = verdict else {
                state.refused -= 1
                return
            }
            state.count -= 1
            guard let key, let held = state.byPeer[key] else { return }
            state.byPeer[key] = held > 1 ? held - 1 : nil
        }
    }
}

extension PeerAddress {
    /// What one client is taken to hold: an IPv4 address, or the first half of an IPv6 address, which is one network's (RFC 4291 §2.5.4).
    /// nil for what has no address.
    fileprivate var network: UInt64? {
        switch self {
        // No IPv6 network begins with 32 zero bits and is reached from outside, so the two don't meet.
        case .ipv4(let bytes, _): (0..<4).reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
        case .ipv6(let bytes, _): (0..<8).reduce(0) { $0 << 8 | UInt64(bytes[$1]) } | 1 << 63
        case .unix: nil
        }
    }
}
