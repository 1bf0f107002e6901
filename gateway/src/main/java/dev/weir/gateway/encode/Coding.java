package dev.weir.gateway.encode;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The content codings that the gateway makes (RFC 9110 §8.4.1), the one preferred among equals first. */
public enum Coding {
    BR("br", "br5") {
        @Override
        public byte[] encode(byte[] identity) {
            try {
                return Encoder.compress(identity, new Encoder.Parameters().setQuality(5));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean isAvailable() {
            return Brotli4jLoader.isAvailable();
        }
    },
    GZIP("gzip", "gz6") {
        @Override
        public byte[] encode(byte[] identity) {
            ByteArrayOutputStream coded = new ByteArrayOutputStream(Math.max(64, identity.length / 3));
            try (GZIPOutputStream gzip = new Level6(coded)) {
                gzip.write(identity);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return coded.toByteArray();
        }
    };

    private final String token;
    private final String tagSuffix;

    Coding(String token, String tagSuffix) {
        this.token = token;
        this.tagSuffix = tagSuffix;
    }

    /** As it stands in Content-Encoding. */
    public String token() {
        return token;
    }

    /** What the coded form's entity tag has beyond the identity's; names coding and level, since bytes differ by level. */
    public String tagSuffix() {
        return tagSuffix;
    }

    /** Makes the coded form; takes milliseconds for large bodies, so never on an event loop. */
    public abstract byte[] encode(byte[] identity);

    /** Whether this platform has what it needs. */
    public boolean isAvailable() {
        return true;
    }

    private static final class Level6 extends GZIPOutputStream {
        Level6(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.DEFAULT_COMPRESSION);
        }
    }
}
