package dev.weir.ssr.render;

import com.caoccao.javet.enums.JSRuntimeType;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.loader.IJavetLibLoadingListener;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import com.caoccao.javet.interop.options.V8RuntimeOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** V8 itself, of which a process has one: the native library, its flags, and the making of runtimes. */
final class Engine {
    /** How often V8's watchdog looks for overdue scripts, in milliseconds. */
    private static final long WATCHDOG_INTERVAL = 5;

    /**
     * No TurboFan: it leaves the interrupt check out of loops that call built-in functions only, and such a loop cannot
     * be terminated, neither by the time limit nor at the heap limit. Maglev's code keeps the check.
     */
    private static final String FLAGS = "--no-opt";

    private static boolean started;

    private Engine() {}

    /** Loads V8 and fixes the heap limit of all isolates to come; only the first call in a process has an effect. */
    static synchronized void start(int heapMegabytes) {
        if (started) {
            return;
        }
        Path directory = libraryDirectory();
        JavetLibLoader.setLibLoadingListener(new IJavetLibLoadingListener() {
            @Override
            public File getLibPath(JSRuntimeType type) {
                return directory.toFile();
            }
        });
        V8RuntimeOptions.V8_FLAGS.setMaxHeapSize(heapMegabytes);
        V8RuntimeOptions.V8_FLAGS.setCustomFlags(FLAGS);
        V8Host.getV8Instance().setSleepIntervalMillis(WATCHDOG_INTERVAL);
        started = true;
    }

    /** Opens an isolate; with a snapshot its script has been run already. The caller closes it. */
    static V8Runtime open(byte[] snapshot) throws JavetException {
        V8RuntimeOptions options = new V8RuntimeOptions();
        options.setSnapshotBlob(snapshot);
        return V8Host.getV8Instance().createV8Runtime(options);
    }

    /** Runs the script in an isolate of its own and returns the heap that it leaves. */
    static byte[] snapshot(String script) throws JavetException {
        V8RuntimeOptions options = new V8RuntimeOptions();
        options.setCreateSnapshotEnabled(true);
        try (V8Runtime runtime = V8Host.getV8Instance().createV8Runtime(options)) {
            runtime.getExecutor(script).setResourceName("server.js").executeVoid();
            return runtime.createSnapshot();
        }
    }

    /** A directory that only this process and user can write: libraries must not be taken from a shared name. */
    private static Path libraryDirectory() {
        try {
            Path directory = Files.createTempDirectory("weir-v8-");
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "weir-v8-clean-up"));
            } catch (IllegalStateException stopping) { // stopped while it starts: no hook will run any more
                delete(directory);
                throw stopping;
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack V8's library", e);
        }
    }

    private static void delete(Path directory) {
        // Javet makes a directory of its own below it.
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("cannot remove " + directory + ": " + e.getMessage());
        }
    }
}
