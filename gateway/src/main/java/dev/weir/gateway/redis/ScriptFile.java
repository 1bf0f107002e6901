package dev.weir.gateway.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the Lua scripts that lie beside the classes of this package. */
final class ScriptFile {

    private ScriptFile() {}

    /**
     * The whole script.
     *
     * @throws IllegalStateException when the jar lacks it
     */
    static byte[] read(String file) {
        try (InputStream in = ScriptFile.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("script missing from the jar: " + file);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
