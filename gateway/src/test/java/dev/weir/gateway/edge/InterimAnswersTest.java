package dev.weir.gateway.edge;

import static io.netty.handler.codec.http.HttpVersion.HTTP_1_0;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

@DisplayName("interim answers to a client")
class InterimAnswersTest {

    private static final ResponseHead HINTS = new ResponseHead(103, Headers.of("Link", "</a.css>"));
    private static final String WRITTEN = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel();

    InterimAnswersTest() {
        channel.pipeline().addLast(NettyPipeline.HttpCodec, new ChannelOutboundHandlerAdapter());
        channel.pipeline().addLast(new InterimAnswers());
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private Consumer<ResponseHead> relay() {
        return InterimAnswers.relay(channel, HTTP_1_1);
    }

    private String written() {
        StringBuilder all = new StringBuilder();
        for (Object next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            if (next instanceof ByteBuf bytes) {
                all.append(bytes.toString(ISO_8859_1));
                bytes.release();
            }
        }
        return all.toString();
    }

    private void writeHead() {
        channel.writeOutbound(new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.OK));
    }

    @Test
    @DisplayName("go out as they come while nothing of the final one has been written")
    void asTheyCome() {
        Consumer<ResponseHead> interim = relay();
        interim.accept(HINTS);
        interim.accept(HINTS);

        assertThat(written()).isEqualTo(WRITTEN + WRITTEN);
    }

    @Test
    @DisplayName("told on another thread go out before a final one that is quicker than the loop's next task")
    void neverOvertaken() throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel connection = new NioSocketChannel();
            List<String> out = new CopyOnWriteArrayList<>();
            connection.pipeline().addLast(new Recorder(out));
            connection.pipeline().addLast(NettyPipeline.HttpCodec, new ChannelOutboundHandlerAdapter());
            connection.pipeline().addLast(new InterimAnswers());
            loops.register(connection).sync();

            connection
                    .eventLoop()
                    .submit(() -> {
                        Consumer<ResponseHead> interim = InterimAnswers.relay(connection, HTTP_1_1);
                        CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> interim.accept(HINTS));
                        long turns = 0;
                        while (!elsewhere.isDone()) {
                            turns++; // a busy loop, not one that waits
                        }
                        var unused = connection.write(new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.OK));
                        return turns;
                    })
                    .sync();
            connection.eventLoop().submit(() -> {}).sync(); // behind what was left to the loop

            assertThat(out).containsExactly(WRITTEN, "200 OK");
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** Notes what gets as far as the socket. */
    private static final class Recorder extends ChannelOutboundHandlerAdapter {

        private final List<String> out;

        Recorder(List<String> out) {
            this.out = out;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof ByteBuf bytes) {
                out.add(bytes.toString(ISO_8859_1));
                bytes.release();
            } else if (message instanceof HttpResponse response) {
                out.add(response.status().toString());
            }
            promise.setSuccess();
        }
    }

    @Test
    @DisplayName("are dropped once the final head has been written")
    void neverLate() {
        Consumer<ResponseHead> interim = relay();
        writeHead();
        interim.accept(HINTS);

        assertThat(written()).isEmpty();
    }

    @Test
    @DisplayName("are dropped once another request is being answered")
    void neverForAnother() {
        Consumer<ResponseHead> first = relay();
        writeHead();
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        Consumer<ResponseHead> second = relay();
        first.accept(HINTS);
        assertThat(written()).isEmpty();

        second.accept(HINTS);
        assertThat(written()).isEqualTo(WRITTEN);
    }

    @Test
    @DisplayName("still go out after a 100 that this server gave itself")
    void afterContinue() {
        Consumer<ResponseHead> interim = relay();
        channel.writeOutbound(
                new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        interim.accept(HINTS);

        assertThat(written()).isEqualTo(WRITTEN);
    }

    @Test
    @DisplayName("are dropped where the client does not read")
    void neverQueued() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 1));
        Consumer<ResponseHead> interim = relay();
        var unused = channel.write(Unpooled.wrappedBuffer(new byte[100]));
        assertThat(channel.isWritable()).isFalse();
        interim.accept(HINTS);
        channel.flush();

        assertThat(written()).doesNotContain("103");
    }

    @Test
    @DisplayName("are not for HTTP/1.0")
    void neverForOldClients() {
        InterimAnswers.relay(channel, HTTP_1_0).accept(HINTS);

        assertThat(written()).isEmpty();
    }

    @Test
    @DisplayName("with a status that has no name have none")
    void unknown() {
        relay().accept(new ResponseHead(199, Headers.empty()));

        assertThat(written()).startsWith("HTTP/1.1 199 ").endsWith("\r\n\r\n");
    }
}
