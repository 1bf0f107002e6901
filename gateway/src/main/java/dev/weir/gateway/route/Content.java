package dev.weir.gateway.route;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the routes file found: its text, or why there is none. Of two equal ones the second needs no reading.
 *
 * @param problem why the text is null; null where there is text
 */
record Content(
        String source, @Nullable String text, @Nullable Problem problem) {

    /** Looks at the file; that it can't be read is a content like any other. Blocks for the disk. */
    static Content of(Path file) {
        String source = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > RouteFile.LARGEST) {
                return unreadable(source, "larger than " + Units.text(RouteFile.LARGEST), "a smaller file");
            }
            return new Content(source, Files.readString(file), null);
        } catch (NoSuchFileException e) {
            return unreadable(source, "not found", "a file at " + file);
        } catch (CharacterCodingException e) {
            return unreadable(source, "not UTF-8", "text in UTF-8");
        } catch (IOException e) {
            return unreadable(source, "can't be read: " + e.getMessage(), "a readable file");
        }
    }

    private static Content unreadable(String source, String found, String expected) {
        return new Content(source, null, Problem.ofFile(source, found, expected));
    }

    RouteFile.Parsed parse(Map<String, String> environment) {
        if (problem != null) {
            return RouteFile.Parsed.refused(problem);
        }
        return RouteFile.parse(source, text == null ? "" : text, environment);
    }
}
