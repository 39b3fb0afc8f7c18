/// Keeping the number of segments logarithmic: eight neighbours of one size become one of the next, and from `atOnce` on four,
/// since a query pays for every segment, and large merges are made beside the writer.
extension Index {
    private static func fan(_ tier: Int) -> Int { tier < 4 ? 8 : 4 }

    /// For whom it is merged.
    public enum MergePolicy: Sendable {
        /// For readers, who pay for every segment.
        case serving
        /// For nobody yet: of the large segments sixteen become one, so that an article is merged half as often.
        case replaying
        /// For the readers to come, who wait: on all cores.
        case replayed

        fileprivate func fan(_ tier: Int) -> Int {
            let fan = Index.fan(tier)
            return self == .replaying && tier >= 4 ? fan * fan : fan
        }
    }

    /// Merges of fewer documents than this are done at once; larger ones belong beside the writer.
    private static let atOnce = 4_096

    /// Merges what is small, at once.
    public mutating func mergeSmall() {
        while let run = nextRun(.serving), documents(in: run) < Index.atOnce {
            _ = Merge(Array(views[run]), horizon: horizon, codes: .none).apply(to: &views)
        }
    }

    /// The merge that is due and too large to wait for, as work that depends on this value no more.
    public func largeMerge(_ policy: MergePolicy = .serving) -> (@Sendable () -> FinishedMerge)? {
        guard let run = nextRun(policy), documents(in: run) >= Index.atOnce else { return nil }
        let inputs = Array(views[run])
        let horizon = horizon
        let codes = TextCodes.present(in: views.map(\.segment))
        return { FinishedMerge(merge: Merge(inputs, horizon: horizon, codes: codes, onAllCores: policy != .serving)) }
    }

    /// Puts a merge that was made beside the writer in place.
    public mutating func apply(_ finished: FinishedMerge) {
        _ = finished.merge.apply(to: &views)
    }

    /// What is gone since before this cannot be seen by any cursor that is still honoured.
    private var horizon: UInt64 { sequence > Index.history ? sequence - Index.history : 0 }

    private func documents(in run: Range<Int>) -> Int { views[run].reduce(0) { $0 + $1.segment.count } }

    /// A run of neighbours that are due to become one, of the smallest size there is.
    ///
    /// It begins and ends with a segment of that very size. Smaller ones at the end will soon be merged with what comes
    /// after them, and a merge that is made beside the writer must find its segments where it left them.
    private func nextRun(_ policy: MergePolicy) -> Range<Int>? {
        let tiers = views.map { Index.tier($0.segment.count) }
        guard let highest = tiers.max() else { return nil }
        for tier in 0...highest {
            var first: Int?
            for (place, size) in tiers.enumerated() {
                if size > tier { first = nil }
                guard size == tier else { continue }
                let start = first ?? place
                first = start
                if place - start + 1 >= policy.fan(tier) { return start..<place + 1 }
            }
        }
        return nil
    }

    /// How many of the sizes 8, 64, 512, 4,096, 16,384, … a count has reached.
    private static func tier(_ count: Int) -> Int {
        var tier = 0
        var size = fan(0)
        while count >= size {
            tier += 1
            size *= fan(tier)
        }
        return tier
    }
}

/// A large merge, made beside the writer and not yet in place.
public struct FinishedMerge: Sendable {
    let merge: Merge
}
