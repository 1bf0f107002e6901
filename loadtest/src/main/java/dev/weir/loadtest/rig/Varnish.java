package dev.weir.loadtest.rig;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Varnish with its built-in rules, which coalesce by themselves. Its queues are as long as the herd: by default it drops
 * what more than 20 requests a pool would wait for a thread. Idle connections stay, as with the others.
 */
final class Varnish {
    private static final String RULES = """
            vcl 4.1;
            backend scripted { .host = "127.0.0.1"; .port = "ORIGIN"; }
            sub vcl_deliver {
              if (obj.hits > 0) { set resp.http.Cache-Status = "varnish; hit"; }
              else { set resp.http.Cache-Status = "varnish; fwd=uri-miss"; }
            }
            """;

    private Varnish() {}

    static Optional<Contestant> start(Starting starting, int clients) {
        return Programs.find("varnishd").map(program -> start(starting, program, clients));
    }

    private static Contestant start(Starting starting, Path program, int clients) {
        int port = Ports.freeWith();
        Path rules =
                starting.file("varnish/rules.vcl", RULES.replace("ORIGIN", Integer.toString(starting.originPort())));
        List<String> command = List.of(
                program.toString(),
                "-F",
                "-j",
                "none",
                "-n",
                starting.directory("varnish/work").toString(),
                "-a",
                "127.0.0.1:" + port,
                "-f",
                rules.toString(),
                "-s",
                "default=malloc,256m",
                "-p",
                "thread_queue_limit=" + Math.max(20, clients),
                "-p",
                "listen_depth=4096",
                "-p",
                "timeout_idle=300");
        Process process = starting.children().start("varnish", Map.of(), command);
        starting.awaitReady("varnish", process, () -> Ports.isListening(port));
        return new Contestant(
                "Varnish",
                "varnish",
                Programs.version(program, "-V"),
                List.of(Starting.door(port)),
                List.of(new Running(process.toHandle(), OptionalInt.empty(), Path.of("none"))));
    }
}
