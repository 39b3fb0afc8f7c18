import ArgumentParser

@main
struct Dateline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dateline",
        abstract: "A news server: articles, entities and events over HTTP.",
        discussion: """
            Every option can also be given in the environment: --data as DATELINE_DATA, --listen as DATELINE_LISTEN \
            (several with commas between), and so on.

            Examples:
              dateline serve                                   serve ./data on http://127.0.0.1:8080
              dateline serve --listen unix:/run/dateline.sock  serve behind a reverse proxy
              dateline import news.jsonl                       load articles, one JSON object a line
              dateline export > backup.jsonl                   write every article
              dateline read article.txt                        say what a text tells
              dateline reread                                  read what is stored with a newer reader
              dateline check                                   verify the journal and the index
            """,
        version: "1.0.0",
        subcommands: [Serve.self, Import.self, Export.self, Read.self, Reread.self, Check.self])
}
