package dev.weir.gateway.conformance;

import dev.weir.gateway.http.HttpDate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One file of rows.
 *
 * @param area the file's name without its ending
 */
record RowFile(String area, List<Row> rows) {

    private static final Pattern DATE = Pattern.compile("\\{now(?:([+-]\\d+))?}");

    /** All files of a directory, by name. */
    static List<RowFile> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(RowFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RowFile read(Path file) {
        try {
            String text = dated(Files.readString(file), Instant.now());
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            List<?> rows = new Yaml(new SafeConstructor(options)).load(text);
            List<Row> read = new ArrayList<>();
            rows.forEach(row -> read.add(RowReader.row((Map<?, ?>) row)));
            return new RowFile(file.getFileName().toString().replace(".yaml", ""), read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code {now}}, {@code {now-60}} and {@code {now+60}} stand for dates, in seconds from when the file is read. */
    private static String dated(String text, Instant now) {
        return DATE.matcher(text).replaceAll(found -> {
            String offset = found.group(1);
            return HttpDate.format(now.plusSeconds(offset == null ? 0 : Long.parseLong(offset)));
        });
    }
}
