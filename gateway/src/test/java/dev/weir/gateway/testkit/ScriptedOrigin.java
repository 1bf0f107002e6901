package dev.weir.gateway.testkit;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A real HTTP server on a free port that answers each path as the test says, and remembers what it was asked. */
public final class ScriptedOrigin implements AutoCloseable {

    /** How one path is answered. */
    public interface Script extends BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {}

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<Map<String, String>>> asked = new ConcurrentHashMap<>();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer server;

    public ScriptedOrigin() {
        this(0);
    }

    /** On that port; 0 for a free one. */
    public ScriptedOrigin(int port) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .doOnConnection(connection -> open.add(connection.channel()))
                .childObserve(ScriptedOrigin::readOn)
                .handle(this::answer)
                .bindNow();
    }

    /**
     * Reads on after each answer. Reactor Netty 1.3.7 forgets to where a request that came before the answer to the one
     * before was put away is answered at once, and never hears of a further request on that connection.
     */
    private static void readOn(Connection connection, ConnectionObserver.State state) {
        if (state == ConnectionObserver.State.DISCONNECTING) {
            Channel channel = connection.channel();
            channel.eventLoop().execute(channel::read);
        }
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String path = "/" + request.path();
        Map<String, String> fields = new ConcurrentHashMap<>();
        fields.put(":method", request.method().name());
        fields.put(":uri", request.uri());
        request.requestHeaders()
                .forEach(field -> fields.put(field.getKey().toLowerCase(java.util.Locale.ROOT), field.getValue()));
        asked.computeIfAbsent(path, key -> new CopyOnWriteArrayList<>()).add(fields);
        Script script = scripts.get(path);
        return script == null ? response.status(404).send() : script.apply(request, response);
    }

    public int port() {
        return server.port();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Answers that path so from now on. */
    public ScriptedOrigin on(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    /** Answers that path with 200, those fields (name, value, …) and that text. */
    public ScriptedOrigin on(String path, String body, String... fields) {
        return on(path, (request, response) -> text(response, body, fields));
    }

    /** Writes a whole text with Content-Length. */
    public static Publisher<Void> text(HttpServerResponse response, String body, String... fields) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < fields.length; i += 2) {
            response.addHeader(fields[i], fields[i + 1]);
        }
        response.header("Content-Length", Integer.toString(bytes.length));
        return response.sendByteArray(Mono.just(bytes));
    }

    /** How often that path was asked for. */
    public int count(String path) {
        return requests(path).size();
    }

    /** The fields of each request for that path, names in lower case, with {@code :method} and {@code :uri}. */
    public List<Map<String, String>> requests(String path) {
        return asked.getOrDefault(path, List.of());
    }

    /** Stops listening and ends all connections, as a process does that dies. */
    @Override
    public void close() {
        server.disposeNow();
        open.close().syncUninterruptibly();
    }
}
