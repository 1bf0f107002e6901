package dev.weir.ssr.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import org.springframework.http.MediaType;

/**
 * A file for the browser whose address changes with its bytes.
 *
 * @param fileName its name with the hash, for example {@code client.0123456789abcdef.js}
 */
// The array is never altered, and nobody compares these values.
@SuppressWarnings("ArrayRecordComponent")
record Asset(String fileName, MediaType type, byte[] bytes) {
    private static final int HASH_LENGTH = 16;

    /** Reads an asset from the bundle on the class path. */
    static Asset load(String name, String extension, String type) {
        byte[] bytes = read(name + "." + extension);
        String hash = HexFormat.of().formatHex(EntityTag.sha256(bytes)).substring(0, HASH_LENGTH);
        return new Asset(name + "." + hash + "." + extension, MediaType.parseMediaType(type), bytes);
    }

    static byte[] read(String file) {
        try (InputStream stream = Asset.class.getResourceAsStream("/bundle/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the build has left out bundle/" + file);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read bundle/" + file, e);
        }
    }

    String path() {
        return "/assets/" + fileName;
    }
}
