import NewsIndex
import Synchronization

/// The states of the index that a list of entities or events was begun on, so that its next pages neither overlap nor
/// skip although counts go on changing. (Articles need none: the index still knows what it held at a sequence number.)
///
/// A few are kept, the least lately used goes first; without its state a list goes on over the present one.
final class PinnedSnapshots: Sendable {
    private static let limit = 32
    /// Held for as long as it takes to look through a few references.
    private let pinned = Mutex<[Snapshot]>([])

    /// Keeps a state, since a link to its next page is going out.
    func pin(_ snapshot: Snapshot) {
        pinned.withLock { pinned in
            pinned.removeAll { $0.index.sequence == snapshot.index.sequence }
            pinned.append(snapshot)
            if pinned.count > PinnedSnapshots.limit { pinned.removeFirst() }
        }
    }

    /// The state with that sequence number, if it is still kept.
    func snapshot(at sequence: UInt64) -> Snapshot? {
        pinned.withLock { pinned in
            guard let place = pinned.firstIndex(where: { $0.index.sequence == sequence }) else { return nil }
            pinned.append(pinned.remove(at: place))
            return pinned.last
        }
    }
}
