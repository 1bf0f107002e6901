package dev.weir.gateway.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Someone else at the same Redis. */
final class RawRedis {

    private RawRedis() {}

    /** An entry in the log that no one is woken for. */
    static long xadd(String uri, byte[] entry) {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<byte[], byte[]> redis = client.connect(ByteArrayCodec.INSTANCE)) {
            return StreamId.seq(redis.sync().xadd(bytes("{weir}:log"), Map.of(bytes("p"), entry)));
        }
    }

    static List<Object> run(String uri, String command, String... args) {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            CommandArgs<String, String> all = new CommandArgs<>(StringCodec.UTF8);
            Arrays.stream(args).forEach(all::add);
            ProtocolKeyword keyword = CommandType.valueOf(command);
            return redis.sync().dispatch(keyword, new ArrayOutput<>(StringCodec.UTF8), all);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
