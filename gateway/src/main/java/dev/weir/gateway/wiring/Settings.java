package dev.weir.gateway.wiring;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the process, bound from {@code gateway.yaml}, the command line and the environment. What each means
 * stands in {@code config/gateway.yaml}; an unknown key is an error.
 */
@ConfigurationProperties(prefix = "weir", ignoreUnknownFields = false)
public record Settings(
        @DefaultValue("config") Path configDirectory,
        @DefaultValue("8080") int port,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("10s") Duration shutdownGrace,
        @DefaultValue("false") boolean cacheStatusKey,
        @DefaultValue Management management,
        @DefaultValue Redis redis,
        @DefaultValue Store store,
        @DefaultValue Coalesce coalesce,
        @DefaultValue Isolation isolation,
        @DefaultValue Limits limits,
        @DefaultValue Admin admin,
        @DefaultValue Replica replica) {

    public record Management(
            @DefaultValue("9080") int port,
            @DefaultValue("127.0.0.1") String address) {}

    public record Redis(
            @DefaultValue("") String uri,
            @DefaultValue("50ms") Duration budget) {}

    public record Store(@DefaultValue("256MiB") ByteSize memory) {}

    public record Coalesce(
            @DefaultValue("128MiB") ByteSize inFlight,
            @DefaultValue("30s") Duration stallTimeout) {}

    public record Isolation(@DefaultValue("5s") Duration maxAge) {}

    public record Limits(
            @DefaultValue("16KiB") ByteSize target,
            @DefaultValue("32KiB") ByteSize head,
            @DefaultValue("60s") Duration idle,
            @DefaultValue("15s") Duration read,
            @DefaultValue("60s") Duration upload,
            @DefaultValue("30s") Duration write,
            @DefaultValue("20000") int connections,
            @DefaultValue("10000") int tunnels,
            @DefaultValue("10m") Duration tunnelIdle) {}

    /** Its key stays out of every string that could be logged. */
    public record Admin(@DefaultValue("") String key) {
        @Override
        public String toString() {
            return "Admin[key " + (key.isEmpty() ? "not " : "") + "set]";
        }
    }

    public record Replica(@DefaultValue("") String id) {}
}
