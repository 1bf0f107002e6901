package dev.weir.loadtest.rig;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that may be installed on this machine. */
final class Programs {
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)+");

    private Programs() {}

    /** On the PATH, or where systems keep their servers. */
    static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first thing that looks like a version in what it says when asked for one. */
    static String version(Path program, String option) {
        try {
            Process process = new ProcessBuilder(program.toString(), option)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher number = NUMBER.matcher(said);
            return number.find() ? number.group() : "of unknown version";
        } catch (IOException unreadable) {
            return "of unknown version";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "of unknown version";
        }
    }
}
