package dev.weir.blog.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The style sheet and the icon, from the jar. Their URLs hold the hash of their bytes, so they never change. */
record Assets(Asset style, Asset icon) {
    record Asset(String address, Page page) {}

    static Assets load() {
        return new Assets(load("site", "css", "text/css; charset=utf-8"), load("mark", "svg", "image/svg+xml"));
    }

    private static Asset load(String name, String extension, String type) {
        String file = "/assets/" + name + "." + extension;
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            Body body = Body.of(in.readAllBytes());
            String address = Addresses.ASSETS + name + "." + body.hash() + "." + extension;
            return new Asset(address, new Page(body, type, Freshness.ASSET, List.of(Tags.BLOG), null, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
