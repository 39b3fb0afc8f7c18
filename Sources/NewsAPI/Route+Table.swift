import HTTPWire

extension Route {
    /// Every resource there is. The first match serves; this table is also what /openapi.json is made from.
    package static let table: [Route] = [
        Route(
            "/articles/{id}",
            Operation(method: .get, name: "getArticle", summary: "One article", answer: (200, "Article"), run: ArticleEndpoints.get),
            Operation(
                method: .put, name: "putArticle", summary: "Replace an article",
                body: (["application/json"], "Article"), answer: (200, "Article"), run: ArticleEndpoints.put),
            Operation(
                method: .patch, name: "patchArticle", summary: "Change parts of an article by JSON merge patch",
                body: (["application/merge-patch+json", "application/json"], "Article"), answer: (200, "Article"),
                run: ArticleEndpoints.patch),
            Operation(
                method: .delete, name: "withdrawArticle", summary: "Withdraw an article; it is 410 afterwards", answer: (204, nil),
                run: ArticleEndpoints.withdraw)),
        Route(
            "/articles",
            Operation(
                method: .get, name: "listArticles", summary: "List or search articles",
                parameters: ArticleEndpoints.listParameters, answer: (200, "ArticleList"), run: ArticleEndpoints.list),
            Operation(
                method: .post, name: "postArticles", summary: "Post one article, an array of them, or a stream of lines",
                body: (["application/json"] + ArticleEndpoints.streamTypes, "Article"), answer: (201, "Article"),
                mediaTypes: ["application/json", "application/x-ndjson"], streams: { ArticleStream.isMeant(by: $0) },
                run: ArticleEndpoints.post)),
        Route(
            "/articles/{id}/versions",
            Operation(
                method: .get, name: "listVersions", summary: "Every version of an article that was ever published, the newest first",
                parameters: [.limit], answer: (200, "ArticleList"), run: ArticleEndpoints.versions)),
        Route(
            "/articles/{id}/story",
            Operation(
                method: .get, name: "listStory", summary: "The articles that tell the same as one, itself among them",
                parameters: ArticleEndpoints.listParameters, answer: (200, "ArticleList"), run: ArticleEndpoints.story)),
        Route(
            "/articles/{id}/similar",
            Operation(
                method: .get, name: "listSimilarArticles", summary: "The articles nearest to one, the nearest first",
                parameters: ArticleEndpoints.similarParameters, answer: (200, "ArticleList"), run: ArticleEndpoints.similar)),
        Route(
            "/facets",
            Operation(
                method: .get, name: "countValues", summary: "How many of the articles have which values",
                parameters: Facet.parameters, answer: (200, "Facets"), run: Facet.get)),
        Route(
            "/timeline",
            Operation(
                method: .get, name: "countByTime", summary: "How many articles there are in each interval of time, and of how many",
                parameters: TimelineEndpoints.parameters, answer: (200, "Timeline"), run: TimelineEndpoints.get)),
        Route(
            "/entities",
            Operation(
                method: .get, name: "listEntities", summary: "List or search entities",
                parameters: EntityEndpoints.listParameters, answer: (200, "EntityList"), run: EntityEndpoints.list),
            Operation(
                method: .post, name: "declareEntity", summary: "Declare an entity", body: (["application/json"], "Entity"),
                answer: (201, "Entity"), run: EntityEndpoints.post)),
        // Before the ids, none of which is this.
        Route(
            "/entities/suggest",
            Operation(
                method: .get, name: "suggestEntities", summary: "Names as one types, the most prominent first",
                parameters: EntityEndpoints.suggestParameters, answer: (200, "SuggestionList"), run: EntityEndpoints.suggest)),
        Route(
            "/entities/{id}",
            Operation(method: .get, name: "getEntity", summary: "One entity", answer: (200, "Entity"), run: EntityEndpoints.get),
            Operation(
                method: .patch, name: "patchEntity", summary: "Change parts of an entity by JSON merge patch",
                body: (["application/merge-patch+json", "application/json"], "Entity"), answer: (200, "Entity"),
                run: EntityEndpoints.patch),
            Operation(
                method: .delete, name: "deleteEntity", summary: "Delete an entity, and take it out of the articles",
                answer: (204, nil), run: EntityEndpoints.delete)),
        Route(
            "/entities/{id}/articles",
            Operation(
                method: .get, name: "listEntityArticles", summary: "The articles that name an entity",
                parameters: ArticleEndpoints.listParameters, answer: (200, "ArticleList"), run: EntityEndpoints.articles)),
        Route(
            "/entities/{id}/events",
            Operation(
                method: .get, name: "listEntityEvents", summary: "The events that an entity takes part in or is the place of",
                parameters: EventEndpoints.listParameters, answer: (200, "EventList"), run: EntityEndpoints.events)),
        Route(
            "/entities/{id}/quotes",
            Operation(
                method: .get, name: "listEntityQuotes", summary: "What an entity is quoted with, the latest first",
                parameters: QuoteEndpoints.parameters, answer: (200, "QuoteList"), run: QuoteEndpoints.ofEntity)),
        Route(
            "/entities/{id}/related",
            Operation(
                method: .get, name: "listRelatedEntities", summary: "The entities that an entity is in the news with, the strongest first",
                parameters: EntityEndpoints.relatedParameters, answer: (200, "RelatedList"), run: EntityEndpoints.related)),
        Route(
            "/entities/{id}/timeline",
            Operation(
                method: .get, name: "countEntityByTime", summary: "When an entity was in the news",
                parameters: TimelineEndpoints.parameters, answer: (200, "Timeline"), run: TimelineEndpoints.ofEntity)),
        Route(
            "/entities/{id}/merge",
            Operation(
                method: .post, name: "mergeEntity", summary: "Say that an entity is another one",
                body: (["application/json"], "Merge"), answer: (200, "Entity"), run: EntityEndpoints.merge)),
        Route(
            "/entities/{id}/reject",
            Operation(
                method: .post, name: "rejectEntity", summary: "Say that an entity is none; its names make none again",
                answer: (204, nil), run: EntityEndpoints.reject)),
        Route(
            "/entities/{id}/split",
            Operation(
                method: .post, name: "splitEntity", summary: "Say that some of the articles mean another entity",
                body: (["application/json"], "Split"), answer: (201, "Entity"), run: EntityEndpoints.split)),
        Route(
            "/events",
            Operation(
                method: .get, name: "listEvents", summary: "List or search events", parameters: EventEndpoints.listParameters,
                answer: (200, "EventList"), run: EventEndpoints.list),
            Operation(
                method: .post, name: "declareEvent", summary: "Declare an event", body: (["application/json"], "Event"),
                answer: (201, "Event"), run: EventEndpoints.post)),
        Route(
            "/events/{id}",
            Operation(
                method: .get, name: "getEvent", summary: "One event, with its evidence", answer: (200, "Event"),
                run: EventEndpoints.get),
            Operation(
                method: .patch, name: "patchEvent", summary: "Change parts of an event by JSON merge patch",
                body: (["application/merge-patch+json", "application/json"], "Event"), answer: (200, "Event"),
                run: EventEndpoints.patch),
            Operation(
                method: .delete, name: "deleteEvent", summary: "Delete an event, and take it out of the articles",
                answer: (204, nil), run: EventEndpoints.delete)),
        Route(
            "/events/{id}/articles",
            Operation(
                method: .get, name: "listEventArticles", summary: "The articles that report an event",
                parameters: ArticleEndpoints.listParameters, answer: (200, "ArticleList"), run: EventEndpoints.articles)),
        Route(
            "/events/{id}/merge",
            Operation(
                method: .post, name: "mergeEvent", summary: "Say that an event is another one",
                body: (["application/json"], "Merge"), answer: (200, "Event"), run: EventEndpoints.merge)),
        Route(
            "/analyze",
            Operation(
                method: .post, name: "analyze", summary: "Read a text and say what was found; stores nothing",
                body: (["application/json"], "Article"), answer: (200, "Reading"), run: AnalysisEndpoints.analyze)),
        Route(
            "/changes",
            Operation(
                method: .get, name: "listChanges", summary: "Everything that happened, in order",
                parameters: OperationsEndpoints.changesParameters, answer: (200, "ChangeList"), run: OperationsEndpoints.changes)),
        Route(
            "/livez",
            Operation(
                method: .get, name: "isLive", summary: "Whether the server runs", answer: (200, "State"), run: OperationsEndpoints.live)),
        Route(
            "/readyz",
            Operation(
                method: .get, name: "isReady", summary: "Whether the server can read and write; 503 while it can't write",
                answer: (200, "State"), run: OperationsEndpoints.ready)),
        Route(
            "/metrics",
            Operation(
                method: .get, name: "listMetrics", summary: "What is counted and measured, for Prometheus", answer: (200, "Metrics"),
                mediaTypes: ["text/plain; version=0.0.4"], run: OperationsEndpoints.metrics)),
        Route(
            "/openapi.json",
            Operation(
                method: .get, name: "describe", summary: "This description, in OpenAPI 3.1", answer: (200, "Description"),
                run: OperationsEndpoints.openAPI)),
    ]
}
