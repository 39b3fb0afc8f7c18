# Dateline behind Varnish (6 or newer). Save as /etc/varnish/default.vcl.
# Start Dateline with: dateline serve --trusted-proxy 127.0.0.1   (with a Unix socket: --listen unix:PATH --trusted-proxy unix)
# Varnish speaks no TLS: put hitch or HAProxy before it, with the PROXY protocol (varnishd -a :6086,PROXY).
vcl 4.1;

import std;

backend default {
    .host = "127.0.0.1";    # or .path = "/run/dateline.sock"; without .port
    .port = "8080";
    .probe = {
        .url = "/readyz";
        .interval = 2s;
        .timeout = 2s;
        .window = 4;
        .threshold = 2;
        .initial = 2;
    }
}

sub vcl_recv {
    # What a client says in these fields must not get through: Dateline believes this proxy. client.ip is the real client's also
    # behind a TLS terminator that speaks the PROXY protocol.
    unset req.http.Forwarded;
    unset req.http.X-Forwarded-Prefix;
    set req.http.X-Forwarded-For = client.ip;
    set req.http.X-Forwarded-Host = req.http.Host;
    if (std.port(server.ip) == 443) {
        set req.http.X-Forwarded-Proto = "https";
    } else {
        set req.http.X-Forwarded-Proto = "http";
    }
    # No cookie means anything here, and one would keep the built-in rules from using the cache.
    unset req.http.Cookie;
    # What is not known to change nothing goes through as it is, and is never sent twice.
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
}

sub vcl_hash {
    # Links show the scheme.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    # Dateline says how long an answer is good, and how long a stale one may be shown while a newer is fetched (stale-while-revalidate).
    # For another while it is kept to be revalidated by its ETag, which costs a 304.
    set beresp.keep = 10m;
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
}
