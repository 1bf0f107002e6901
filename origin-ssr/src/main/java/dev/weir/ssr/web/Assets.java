package dev.weir.ssr.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The bundles that the build has made: the browser's, served under hashed names, and the server's script. */
public final class Assets {
    private final Asset script;
    private final Asset style;
    private final Map<String, Asset> byName;

    private Assets(Asset script, Asset style) {
        this.script = script;
        this.style = style;
        this.byName = List.of(script, style).stream().collect(Collectors.toMap(Asset::fileName, Function.identity()));
    }

    /** Reads the bundles from the class path. */
    public static Assets load() {
        return new Assets(
                Asset.load("client", "js", "text/javascript;charset=UTF-8"),
                Asset.load("site", "css", "text/css;charset=UTF-8"));
    }

    /** Returns the script that an isolate runs. */
    public static String serverScript() {
        return new String(Asset.read("server.js"), StandardCharsets.UTF_8);
    }

    /** Returns the addresses of script and style sheet, as the server script wants them. */
    public String addresses(JsonMapper mapper) {
        return mapper.writeValueAsString(Map.of("script", script.path(), "style", style.path()));
    }

    Mono<ServerResponse> serve(ServerRequest request) {
        Asset asset = byName.get(request.pathVariable("file"));
        // While versions change, another replica may have what this one lacks: nobody is to remember the absence.
        return asset == null
                ? ServerResponse.notFound().header("Cache-Control", "no-store").build()
                : Answers.answer(request, Content.asset(asset.type(), asset.bytes()));
    }
}
