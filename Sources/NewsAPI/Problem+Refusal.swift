import JSON
import Journal
import Newsroom

extension Problem {
    /// How a refusal of the newsroom looks from outside.
    init(_ refusal: Refusal) {
        switch refusal {
        case .invalid(let error):
            self.init(error)
            // It was found after the body was read, and so has a pointer but no byte.
            for place in faults.indices { faults[place].offset = nil }
        case .conflict(let detail): self.init(.conflict, detail)
        case .notFound: self.init(.notFound, "There is nothing under this id.")
        case .gone: self.init(.gone, "What was under this id was taken away.")
        case .merged(let heir): self.init(.conflict, "What was under this id was merged into \"\(heir)\".")
        case .preconditionFailed: self.init(.preconditionFailed, "The precondition does not hold for what is there now.")
        case .storage(let error): self.init(error)
        case .overloaded: self.init(.overloaded, "Too much is waiting to be written; try again in a moment.")
        case .closed: self.init(.closing, "The server is stopping and takes nothing new.")
        }
    }

    /// What went wrong is in the log; a client learns whether it may pass.
    init(_ error: JournalError) {
        switch error {
        case .full: self.init(.storageFull, "Nothing was stored: the disk is full. Reading goes on.")
        default: self.init(.storageFailed, "The journal can't be written or read now. What is served goes on being served.")
        }
    }
}

extension Refusal {
    /// The refusal of one element of an array: its pointers count from the whole document.
    func inElement(_ place: Int) -> Refusal {
        guard case .invalid(var error) = self else { return self }
        error.pointer = "/\(place)\(error.pointer)"
        return .invalid(error)
    }
}
