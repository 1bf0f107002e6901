package dev.weir.gateway.edge;

import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a request that is turned away")
class RequestGuardTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new RequestGuard(Clock.systemUTC()));

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private static HttpRequest request(Throwable fault) {
        HttpRequest request = new DefaultHttpRequest(HTTP_1_1, HttpMethod.GET, "/");
        request.setDecoderResult(DecoderResult.failure(fault));
        return request;
    }

    private int refusal(Throwable fault) {
        EmbeddedChannel own = new EmbeddedChannel(new RequestGuard(Clock.systemUTC()));
        own.writeInbound(request(fault));
        FullHttpResponse answer = own.readOutbound();
        assertThat(answer.headers().get("Date")).isNotNull();
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.content().readableBytes()).isEqualTo(answer.headers().getInt("Content-Length"));
        answer.release();
        own.finishAndReleaseAll();
        return answer.status().code();
    }

    @Test
    @DisplayName("since it can't be read is told why")
    void unreadable() {
        assertThat(refusal(new IllegalArgumentException("no version"))).isEqualTo(400);
        assertThat(refusal(new TooLongHttpLineException("long"))).isEqualTo(414);
        assertThat(refusal(new TooLongHttpHeaderException("long"))).isEqualTo(431);
    }

    @Test
    @DisplayName("gets no answer before those of earlier ones, also where one of them has been told to continue")
    void neverOvertakes() {
        channel.writeInbound(new DefaultHttpRequest(HTTP_1_1, HttpMethod.POST, "/"));
        channel.writeOutbound(
                new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        channel.readOutbound();
        channel.writeInbound(request(new IllegalArgumentException("no version")));

        Object answer = channel.readOutbound();
        assertThat(answer).isNull();
        assertThat(channel.isOpen()).isFalse();
    }
}
