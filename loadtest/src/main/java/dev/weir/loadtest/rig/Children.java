package dev.weir.loadtest.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes that a measurement or a test has started. They end with it: by {@link #close()}, last started first, and
 * by a shutdown hook if our own JVM is ended before it gets there.
 */
public final class Children implements AutoCloseable {
    private static final long GRACE_SECONDS = 15;

    private final List<Process> started = Collections.synchronizedList(new ArrayList<>());
    private final Thread hook = new Thread(this::destroyAll, "children");
    private final Path logs;

    /** Keeps their output in that folder. */
    public Children(Path logs) {
        this.logs = logs;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a command whose output goes to {@code name.log}; the variables are added to our own. */
    public Process start(String name, Map<String, String> variables, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log(name).toFile());
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            started.add(process);
            return process;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot start " + command.get(0), failed);
        }
    }

    /** Where the logs are. */
    public Path folder() {
        return logs;
    }

    /** The file with the output of the process of that name. */
    public Path log(String name) {
        return logs.resolve(name + ".log");
    }

    /** What the process of that name has said so far. */
    public String logText(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException unreadable) {
            return "(no log of " + name + ": " + unreadable.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        destroyAll();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void destroyAll() {
        List<Process> lastFirst = new ArrayList<>(started);
        Collections.reverse(lastFirst);
        lastFirst.forEach(Children::destroy);
    }

    private static void destroy(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}
