import JSON

/// The OpenAPI 3.1 document, made from the route table.
package enum OpenAPI {
    /// The document for a server at that URL, which may be relative to the document's own.
    package static func document(server: String = ".") -> [UInt8] {
        var writer = JSONWriter(capacity: paths.count + components.count + 1024)
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.key("info")
            writer.object { writer in
                writer.member("title", "Dateline")
                writer.member("version", "1")
                writer.member("description", "News as articles, entities and events: linked, searchable, durable.")
            }
            writer.key("servers")
            writer.array { $0.object { $0.member("url", server) } }
            writer.key("paths")
            writer.raw(paths)
            writer.key("components")
            writer.raw(components)
        }
        return writer.bytes
    }

    private static let paths: [UInt8] = {
        var writer = JSONWriter(capacity: 64 << 10)
        writer.object { writer in for route in Route.table { write(route, to: &writer) } }
        return writer.bytes
    }()

    private static let components: [UInt8] = {
        var writer = JSONWriter(capacity: 64 << 10)
        writer.object { writer in
            writer.key("schemas")
            writer.object { writer in
                for (name, schema) in Schemas.all {
                    writer.key(text: name)
                    writer.raw(schema.utf8)
                }
            }
        }
        return writer.bytes
    }()

    private static func write(_ route: Route, to writer: inout JSONWriter) {
        writer.key(text: route.path)
        writer.object { writer in
            if route.path.contains("{id}") {
                writer.key("parameters")
                writer.raw(#"[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}]"#.utf8)
            }
            for operation in route.operations {
                writer.key(text: operation.method.rawValue.lowercased())
                write(operation, to: &writer)
            }
        }
    }

    private static func write(_ operation: Operation, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("operationId", operation.name)
            writer.member("summary", operation.summary)
            if !operation.parameters.isEmpty {
                writer.key("parameters")
                writer.array { writer in
                    for parameter in operation.parameters {
                        writer.object { writer in
                            writer.member("name", parameter.name)
                            writer.member("in", "query")
                            writer.member("description", parameter.detail)
                            if parameter.isRequired {
                                writer.key("required")
                                writer.boolean(true)
                            }
                            writer.key("schema")
                            writer.raw(parameter.schema.utf8)
                        }
                    }
                }
            }
            if let body = operation.body {
                writer.key("requestBody")
                writer.object { writer in
                    writer.key("required")
                    writer.boolean(true)
                    content(body.types, body.schema, to: &writer)
                }
            }
            writer.key("responses")
            writer.object { writer in
                writer.key(text: String(operation.answer.status))
                writer.object { writer in
                    writer.member("description", operation.summary)
                    if let schema = operation.answer.schema { content([operation.mediaTypes[0]], schema, to: &writer) }
                }
                writer.key("default")
                writer.object { writer in
                    writer.member("description", "A problem (RFC 9457)")
                    content(["application/problem+json"], "Problem", to: &writer)
                }
            }
        }
    }

    private static func content(_ types: [String], _ schema: String, to writer: inout JSONWriter) {
        writer.key("content")
        writer.object { writer in
            for type in types {
                writer.key(text: type)
                writer.raw(#"{"schema":{"$ref":"#.utf8.map { $0 } + Array("\"#/components/schemas/\(schema)\"}}".utf8))
            }
        }
    }
}

/// The schemas of the resources, in JSON Schema 2020-12.
enum Schemas {
    static let all: [(name: String, schema: String)] = [
        ("Article", article), ("Entity", entity), ("Event", event), ("Problem", problem),
        ("ArticleList", list(of: "Article", beside: around)), ("EntityList", list(of: "Entity")), ("EventList", list(of: "Event")),
        ("QuoteList", list(of: "Quote")), ("Quote", quote),
        ("SuggestionList", list(of: "Suggestion")), ("RelatedList", list(of: "RelatedEntity")),
        ("Suggestion", suggestion), ("RelatedEntity", related),
        ("FacetCounts", facetCounts), ("Intervals", intervals), ("Facets", facets), ("Timeline", timeline),
        ("ChangeList", changes),
        ("Merge", #"{"type":"object","required":["into"],"properties":{"into":{"type":"string"}}}"#),
        ("Split", split),
        ("State", #"{"type":"object","required":["status"],"properties":{"status":{"type":"string"}}}"#),
        ("Metrics", text), ("Reading", reading),
        ("Description", #"{"type":"object","required":["openapi","paths"]}"#),
    ]

    private static let text = #"{"type":"string"}"#
    private static let texts = #"{"type":"array","items":{"type":"string"}}"#
    private static let time = #"{"type":"string","format":"date-time"}"#
    private static let count = #"{"type":"integer","minimum":0}"#
    private static let fraction = #"{"type":"number","minimum":0,"maximum":1}"#
    private static let field = #"{"enum":["headline","summary","body"]}"#
    private static let kind = #"{"enum":["person","organization","place","work","other"]}"#
    private static let origin = #"{"enum":["reader","editor"]}"#
    private static let span =
        #"{"type":"object","required":["offset","length"],"properties":{"field":\#(field),"offset":\#(count),"length":\#(count),"text":\#(text)}}"#

    private static let article = #"""
        {"type":"object","description":"A news item; names follow ninjs 3. A headline or a body is required. Offsets count Unicode scalars.",
        "anyOf":[{"required":["headline"]},{"required":["body"]}],
        "properties":{"id":{"type":"string","format":"uuid"},"uri":{"type":"string","format":"uri"},"version":{"type":"integer","readOnly":true},
        "headline":\#(text),"summary":\#(text),"body":\#(text),"contentType":{"enum":["text/plain","text/html"]},"language":\#(text),
        "byline":\#(text),"located":\#(text),"source":{"type":"object","required":["name"],"properties":{"name":\#(text),"url":{"type":"string","format":"uri"}}},
        "url":{"type":"string","format":"uri"},"authors":\#(texts),"section":\#(text),"keywords":\#(texts),
        "published":\#(time),"updated":\#(time),"indexed":{"type":"string","format":"date-time","readOnly":true},
        "status":{"enum":["usable","withheld","canceled"]},
        "entities":{"type":"array","items":{"type":"object","properties":{"id":\#(text),"type":\#(kind),"name":\#(text),"aliases":\#(texts),
        "sameAs":\#(texts),"description":\#(text),"location":{"$ref":"#/components/schemas/Entity/properties/location"},
        "count":\#(count),"prominence":\#(fraction),"confidence":\#(fraction),"origin":\#(origin),"role":\#(span),
        "mentions":{"type":"array","items":\#(span)}}}},
        "events":{"type":"array","items":{"type":"object","properties":{"id":\#(text),"title":\#(text),"kind":\#(text),"start":\#(text),"end":\#(text),
        "status":{"enum":["past","ongoing","planned"]},"place":\#(text),
        "participants":{"$ref":"#/components/schemas/Event/properties/participants"},"confidence":\#(fraction),"origin":\#(origin),
        "evidence":\#(span)}}},
        "quotes":{"type":"array","items":{"type":"object","required":["text"],"properties":{"speaker":\#(text),"text":\#(text),
        "confidence":\#(fraction),"origin":\#(origin),"field":\#(field),"offset":\#(count),"length":\#(count)}}},
        "story":{"type":"string","format":"uuid","readOnly":true},"original":{"type":"string","format":"uuid","readOnly":true},
        "reading":{"type":"object","readOnly":true,"properties":{"version":{"type":"integer"},"language":{"enum":["script","words"]},
        "digest":\#(text),"rejected":\#(texts),"dates":\#(texts)}},
        "highlight":{"type":"object","readOnly":true,"additionalProperties":{"type":"array","items":{"type":"object","properties":{"offset":\#(count),
        "length":\#(count),"text":\#(text),"matches":{"type":"array","items":\#(span)}}}}},
        "explanation":{"type":"object","readOnly":true,"properties":{"score":{"type":"number"},"headlineLength":\#(count),"bodyLength":\#(count),
        "words":{"type":"array","items":{"type":"object","properties":{"word":\#(text),"headline":\#(count),"body":\#(count),"lead":\#(count),
        "headlineVariants":\#(count),"bodyVariants":\#(count),"leadVariants":\#(count),"rarity":{"type":"number"},"score":{"type":"number"}}}}}}}}
        """#.replacing("\n", with: "")

    private static let entity = #"""
        {"type":"object","required":["name"],"properties":{"id":\#(text),"type":\#(kind),"name":\#(text),"aliases":\#(texts),"sameAs":\#(texts),
        "description":\#(text),"location":{"type":"object","required":["type","coordinates"],"properties":{"type":{"const":"Point"},
        "coordinates":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":3}}},
        "country":\#(text),"articles":{"type":"integer","readOnly":true},"quotes":{"type":"integer","readOnly":true},"firstSeen":\#(time),"lastSeen":\#(time),"origin":\#(origin)}}
        """#.replacing("\n", with: "")

    private static let split = #"""
        {"type":"object","required":["articles","name"],"properties":{"articles":{"type":"array","items":{"type":"string","format":"uuid"}},
        "name":\#(text),"type":\#(kind),"id":\#(text)}}
        """#.replacing("\n", with: "")

    private static let quote = #"""
        {"type":"object","required":["article","text"],"properties":{"article":{"type":"string","format":"uuid"},"headline":\#(text),
        "source":\#(text),"published":\#(time),"speaker":\#(text),"text":\#(text),"confidence":\#(fraction),"origin":\#(origin),
        "field":\#(field),"offset":\#(count),"length":\#(count)}}
        """#.replacing("\n", with: "")

    private static let event = #"""
        {"type":"object","required":["title"],"properties":{"id":\#(text),"title":\#(text),"kind":\#(text),"start":\#(text),"end":\#(text),
        "precision":{"enum":["year","month","day","time"]},"status":{"enum":["past","ongoing","planned"]},"place":\#(text),
        "participants":{"type":"array","items":{"type":"object","properties":{"id":\#(text),"name":{"type":"string","writeOnly":true},"role":\#(text)}}},
        "confidence":\#(fraction),"articles":{"type":"integer","readOnly":true},"sources":{"type":"integer","readOnly":true},
        "evidence":{"type":"array","readOnly":true,"items":{"type":"object","properties":{"article":{"type":"string","format":"uuid"},
        "field":\#(field),"offset":\#(count),"length":\#(count),"sentence":\#(text)}}},"origin":\#(origin)}}
        """#.replacing("\n", with: "")

    private static let place = #"""
        {"type":"object","required":["id","name","kind","confidence"],"properties":{"id":\#(text),"uri":{"type":"string","format":"uri"},
        "name":\#(text),"kind":{"enum":["continent","area","sea","country","region","city"]},"country":\#(text),"region":\#(text),
        "location":{"$ref":"#/components/schemas/Entity/properties/location"},"population":\#(count),"confidence":\#(fraction)}}
        """#.replacing("\n", with: "")

    private static let reading = #"""
        {"type":"object","required":["readerVersion","entities","dates","events","quotes"],"properties":{"readerVersion":{"type":"integer"},
        "language":{"type":"object","properties":{"code":\#(text),"evidence":{"enum":["given","script","words"]},"confidence":\#(fraction)}},
        "entities":{"type":"array","items":{"type":"object","properties":{"number":\#(count),"type":\#(kind),"name":\#(text),"description":\#(text),
        "adjectiveOf":\#(text),"confidence":\#(fraction),"place":\#(place),"mentions":{"type":"array","items":\#(span)}}}},
        "dates":{"type":"array","items":{"type":"object","properties":{"field":\#(field),"offset":\#(count),"length":\#(count),"text":\#(text),
        "type":{"enum":["date","time","duration","set"]},"value":\#(text),"precision":\#(text),"first":\#(text),"last":\#(text),
        "confidence":\#(fraction)}}},
        "events":{"type":"array","items":{"type":"object","properties":{"title":\#(text),"kind":\#(text),"mediaTopic":\#(text),"start":\#(text),
        "end":\#(text),"status":{"enum":["past","ongoing","planned"]},"place":\#(count),"participants":{"type":"array","items":{"type":"object",
        "properties":{"entity":\#(count),"role":\#(text)}}},"confidence":\#(fraction),"evidence":{"type":"array","items":\#(span)}}}},
        "quotes":{"type":"array","items":{"type":"object","properties":{"text":\#(text),"field":\#(field),"offset":\#(count),"length":\#(count),
        "speaker":\#(count),"isWhole":{"type":"boolean"},"confidence":\#(fraction)}}}}}
        """#.replacing("\n", with: "")

    private static let problem = #"""
        {"type":"object","required":["type","title","status","detail"],"properties":{"type":\#(text),"title":\#(text),
        "status":{"type":"integer"},"detail":\#(text),"instance":\#(text),"errors":{"type":"array","items":{"type":"object",
        "required":["code","detail"],"properties":{"pointer":\#(text),"parameter":\#(text),"code":\#(text),
        "detail":\#(text),"offset":\#(count)}}}}}
        """#.replacing("\n", with: "")

    private static let changes = #"""
        {"type":"object","required":["data","page"],"properties":{"data":{"type":"array","items":{"type":"object",
        "required":["seq","kind","at"],"properties":{"seq":{"type":"integer"},"kind":\#(text),"id":\#(text),"version":{"type":"integer"},
        "into":\#(text),"at":\#(time)}}},"page":{"type":"object","properties":{"limit":\#(count),"last":\#(count),"next":\#(text)}}}}
        """#.replacing("\n", with: "")

    private static let suggestion =
        #"{"type":"object","properties":{"id":\#(text),"type":\#(kind),"name":\#(text),"found":\#(text),"typo":{"type":"boolean"},"articles":\#(count)}}"#
    private static let related =
        #"{"type":"object","properties":{"id":\#(text),"type":\#(kind),"name":\#(text),"articles":\#(count),"together":\#(count),"strength":{"type":"number"}}}"#
    private static let facetCounts = #"""
        {"type":"object","additionalProperties":{"type":"array","items":{"type":"object","required":["value","count"],
        "properties":{"value":\#(text),"name":\#(text),"type":\#(kind),"count":\#(count)}}}}
        """#.replacing("\n", with: "")
    private static let intervals = #"""
        {"type":"array","items":{"type":"object","required":["start","label","count"],
        "properties":{"start":\#(text),"label":\#(text),"count":\#(count),"all":\#(count),"share":\#(fraction)}}}
        """#.replacing("\n", with: "")
    private static let facets =
        ##"{"type":"object","required":["total","facets"],"properties":{"total":\##(count),"facets":{"$ref":"#/components/schemas/FacetCounts"}}}"##
    private static let timeline =
        ##"{"type":"object","required":["total","timeline"],"properties":{"total":\##(count),"interval":\##(text),"timeline":{"$ref":"#/components/schemas/Intervals"}}}"##
    /// What stands beside a list of articles.
    private static let around =
        ##","facets":{"$ref":"#/components/schemas/FacetCounts"},"timeline":{"$ref":"#/components/schemas/Intervals"},"suggestion":\##(text)"##

    private static func list(of name: String, beside others: String = "") -> String {
        #"""
        {"type":"object","required":["data","page"],"properties":{"data":{"type":"array","items":{"$ref":"#/components/schemas/\#(name)"}},
        "page":{"type":"object","required":["limit","total","next"],"properties":{"limit":\#(count),"total":\#(count),
        "next":{"type":["string","null"]},"prev":{"type":["string","null"]}}}\#(others)}}
        """#.replacing("\n", with: "")
    }
}
