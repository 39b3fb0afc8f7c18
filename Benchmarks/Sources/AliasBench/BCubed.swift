import Foundation
import News

/// A mention with what people and what the newsroom say that it means.
struct Answer {
    let document: String
    let text: String
    let kind: Entity.Kind
    let meant: String
    let found: String
}

/// B³ (Bagga and Baldwin 1998), each from 0 to 1.
struct BCubed: CustomStringConvertible {
    var precision = 0.0
    var recall = 0.0

    init(_ answers: [Answer]) {
        let meant = Dictionary(grouping: answers, by: \.meant).mapValues(\.count)
        let found = Dictionary(grouping: answers, by: \.found).mapValues(\.count)
        for (_, group) in Dictionary(grouping: answers, by: { [$0.meant, $0.found] }) {
            // So many mentions, each with so many that it shares both with.
            let pairs = Double(group.count * group.count)
            precision += pairs / Double(found[group[0].found] ?? 1)
            recall += pairs / Double(meant[group[0].meant] ?? 1)
        }
        precision /= Double(max(answers.count, 1))
        recall /= Double(max(answers.count, 1))
    }

    var f1: Double { precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall) }

    var description: String {
        String(format: "precision %.1f, recall %.1f, F1 %.1f", 100 * precision, 100 * recall, 100 * f1)
    }
}

/// Shows what costs most: what is one and was taken for several, then what is several and was taken for one.
func show(_ answers: [Answer]) {
    show("apart", answers, \.meant, \.found)
    show("together", answers, \.found, \.meant)
}

private func show(_ what: String, _ answers: [Answer], _ whole: KeyPath<Answer, String>, _ part: KeyPath<Answer, String>) {
    var losses: [(loss: Double, text: String)] = []
    for (name, members) in Dictionary(grouping: answers, by: { $0[keyPath: whole] }) {
        let parts = Dictionary(grouping: members, by: { $0[keyPath: part] })
        guard parts.count > 1 else { continue }
        let kept = parts.values.reduce(0.0) { $0 + Double($1.count * $1.count) / Double(members.count) }
        let shown = parts.sorted { $0.value.count > $1.value.count }.map { part, members in
            let texts = Dictionary(
                grouping: members, by: { "\($0.text) \($0.kind.rawValue.prefix(3)) \(whole == \.found ? "" : $0.document.dropFirst(4))" })
            return "[\(part)] "
                + texts.sorted { $0.value.count > $1.value.count }.map { "\($0.key)×\($0.value.count)" }.joined(separator: ", ")
        }
        losses.append((Double(members.count) - kept, "\(name): " + shown.joined(separator: " | ")))
    }
    for (loss, text) in losses.sorted(by: { ($1.loss, $0.text) < ($0.loss, $1.text) }).prefix(150) {
        print(String(format: "%@ %.1f ", what, loss) + text)
    }
}
