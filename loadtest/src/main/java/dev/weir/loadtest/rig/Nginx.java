package dev.weir.loadtest.rig;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * nginx with a cache on disk and {@code proxy_cache_lock}, whose other settings keep their defaults: who waits for the
 * lock looks every 500 ms, and after 5 s goes to the origin by itself.
 */
final class Nginx {
    private static final String CONFIGURATION = """
            USER
            worker_processes auto;
            worker_rlimit_nofile FILES;
            error_log stderr warn;
            pid nginx.pid;
            events { worker_connections FILES; }
            http {
              access_log off;
              tcp_nodelay on;
              client_body_temp_path tmp-body;
              fastcgi_temp_path tmp-fastcgi;
              proxy_temp_path tmp-proxy;
              scgi_temp_path tmp-scgi;
              uwsgi_temp_path tmp-uwsgi;
              proxy_cache_path store keys_zone=pages:16m max_size=256m;
              map $upstream_cache_status $how {
                default "nginx; fwd=bypass";
                MISS "nginx; fwd=uri-miss";
                EXPIRED "nginx; fwd=stale";
                HIT "nginx; hit";
              }
              upstream scripted { server 127.0.0.1:ORIGIN; keepalive 256; }
              server {
                listen 127.0.0.1:PORT backlog=4096;
                keepalive_timeout 300s;
                location / {
                  proxy_pass http://scripted;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $host;
                  proxy_cache pages;
                  proxy_cache_key $scheme$host$request_uri;
                  proxy_cache_lock on;
                  add_header Cache-Status $how always;
                }
              }
            }
            """;

    private static final int FILES_BESIDE_CLIENTS = 512;

    private Nginx() {}

    static Optional<Contestant> start(Starting starting, int clients) {
        return Programs.find("nginx").map(program -> start(starting, program, clients));
    }

    private static Contestant start(Starting starting, Path program, int clients) {
        int port = Ports.freeWith();
        // Its workers would change to a user who may not read our folder; only root may name one.
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        Path folder = starting.directory("nginx");
        Path configuration = starting.file(
                "nginx/nginx.conf",
                CONFIGURATION
                        .replace("USER", user)
                        .replace("FILES", Integer.toString(clients + FILES_BESIDE_CLIENTS))
                        .replace("ORIGIN", Integer.toString(starting.originPort()))
                        .replace("PORT", Integer.toString(port)));
        List<String> command = List.of(
                program.toString(),
                "-p",
                folder.toString(),
                "-c",
                configuration.toString(),
                "-e",
                "stderr",
                "-g",
                "daemon off;");
        Process process = starting.children().start("nginx", Map.of(), command);
        starting.awaitReady("nginx", process, () -> Ports.isListening(port));
        return new Contestant(
                "nginx",
                "nginx",
                Programs.version(program, "-v"),
                List.of(Starting.door(port)),
                List.of(new Running(process.toHandle(), OptionalInt.empty(), Path.of("none"))));
    }
}
