# Two stages: one that builds, one that runs with nothing but the program, its pages and its seeds.
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-dev zlib1g-dev libstemmer-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
COPY Sources ./Sources
COPY Tests ./Tests
RUN swift build -c release --product dateline --static-swift-stdlib

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libcurl4 libsqlite3-0 libstemmer0d libxml2 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/dateline --create-home dateline
COPY --from=build /src/.build/release/dateline /opt/dateline/dateline
COPY Public /opt/dateline/Public
COPY models /opt/dateline/models
COPY seeds /opt/dateline/seeds
COPY LICENSE /opt/dateline/LICENSE
USER dateline
VOLUME /var/lib/dateline
# Every address, since what reaches the container is for the one who publishes its port to decide.
ENV DATELINE_DATA=/var/lib/dateline DATELINE_LISTEN=0.0.0.0:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD curl -fsS http://127.0.0.1:8080/livez || exit 1
ENTRYPOINT ["/opt/dateline/dateline"]
CMD ["serve"]
