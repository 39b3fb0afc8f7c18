/// Keeping the number of segments logarithmic, since a query pays for every segment: eight neighbours of one size become one of the next.
/// Large merges are made beside the writer.
extension Index {
    private static let fan = 8

    /// For whom it is merged.
    public enum MergePolicy: Sendable {
        /// For readers, who pay for every segment.
        case serving
        /// For nobody yet: large segments are left as they are, unless they are very many, and put in codes.
        case replaying
        /// For readers, while nothing is written: neighbours of different sizes become one too.
        case resting

        fileprivate func fan(_ tier: Int) -> Int {
            self == .replaying && tier >= 4 ? Index.fan * 8 : Index.fan
        }

        fileprivate var pairsFrom: Int {
            switch self {
            case .serving: PairGathering.leastWhileServing
            case .replaying: .max
            case .resting: PairGathering.least
            }
        }
    }

    /// Merges of fewer documents than this are done at once; larger ones belong beside the writer.
    fileprivate static let atOnce = 4_096

    /// Merges what is small, at once.
    public mutating func mergeSmall() {
        while let run = nextRun(.serving), documents(in: run) < Index.atOnce {
            _ = Merge(Array(views[run]), horizon: horizon, codes: .none, pairsFrom: .max).apply(to: &views)
        }
    }

    /// The merge that is due and too large to wait for, or at rest any, as work that depends on this value no more.
    public func largeMerge(_ policy: MergePolicy = .serving) -> (@Sendable () -> FinishedMerge)? {
        guard let run = nextRun(policy) else { return nil }
        let isLarge = documents(in: run) >= Index.atOnce
        guard isLarge || policy == .resting else { return nil }
        let inputs = Array(views[run])
        let horizon = horizon
        let codes = isLarge ? TextCodes.present(in: views.map(\.segment)) : .none
        return { FinishedMerge(merge: Merge(inputs, horizon: horizon, codes: codes, pairsFrom: policy.pairsFrom)) }
    }

    /// Puts a merge that was made beside the writer in place.
    public mutating func apply(_ finished: FinishedMerge) {
        _ = finished.merge.apply(to: &views)
    }

    /// What is gone since before this cannot be seen by any cursor that is still honoured.
    private var horizon: UInt64 { sequence > Index.history ? sequence - Index.history : 0 }

    private func documents(in run: Range<Int>) -> Int { views[run].reduce(0) { $0 + $1.segment.count } }

    /// A run of neighbours that are due to become one, of the smallest size there is; at rest, of different sizes if there is none; or else a
    /// single segment that lacks something.
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
        switch policy {
        case .serving, .replaying: return unfinished { $0.lacksCodes }
        case .resting: return restingRun ?? unfinished { $0.lacksCodes || $0.lacksPairs }
        }
    }

    /// No more documents than this become one at rest.
    private static let restingLimit = 262_144

    /// The longest run at the end that is worth being one at rest: whose largest segment has at most eight times what the others have, so
    /// that nobody who posts an article from time to time has all merged again for it.
    private var restingRun: Range<Int>? {
        var (best, sum, most): (Range<Int>?, Int, Int) = (nil, 0, 0)
        for place in views.indices.reversed() {
            let count = views[place].segment.count
            (sum, most) = (sum + count, max(most, count))
            guard sum <= Index.restingLimit else { break }
            if place < views.count - 1, most <= 8 * (sum - most) { best = place..<views.count }
        }
        return best
    }

    /// A segment that is not merged with others, but lacks something.
    private func unfinished(_ lacks: (Segment) -> Bool) -> Range<Int>? {
        views.firstIndex { lacks($0.segment) }.map { $0..<$0 + 1 }
    }

    /// How many of the sizes 8, 64, 512, 4,096, … a count has reached.
    private static func tier(_ count: Int) -> Int {
        var tier = 0
        var size = fan
        while count >= size {
            tier += 1
            size *= fan
        }
        return tier
    }
}

/// A large merge, made beside the writer and not yet in place.
public struct FinishedMerge: Sendable {
    let merge: Merge
}

extension Segment {
    /// Whether it is large and its articles, if it has their bytes, are in no codes.
    fileprivate var lacksCodes: Bool { count >= Index.atOnce && records.table == nil && records.jsonSize(0) > 0 }

    /// Whether it is large and nobody has looked for its pairs of words.
    fileprivate var lacksPairs: Bool { count >= PairGathering.least && !pairs.areGathered }
}
