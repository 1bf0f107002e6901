package dev.weir.loadtest.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Where things are in this checkout; the launcher and the build say where it is (system property {@code weir.root}). */
public final class Checkout {
    private Checkout() {}

    /** The folder that ./weir stands in. */
    public static Path root() {
        return Path.of(Objects.requireNonNull(
                        System.getProperty("weir.root"), "weir.root (set by ./weir and by the build)"))
                .toAbsolutePath()
                .normalize();
    }

    /** The runnable jar of another module. */
    public static Path jar(String module) {
        Path jar = root().resolve(module).resolve("target").resolve("weir-" + module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "no " + jar + ": run the build from the root, which packages all modules first");
        }
        return jar;
    }

    /** The Java that runs us. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The redis-server that the gateway's build unpacked for this platform. */
    public static Path redisServer() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        try (Stream<Path> files = Files.list(root().resolve("gateway/target/redis"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-" + system + "-" + machine))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no redis-server for " + system + " " + machine));
        }
    }
}
