package dev.weir.gateway.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            String text = Files.readString(file);
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
}
