package dev.weir.gateway.purge;

import dev.weir.gateway.policy.Selector;

/**
 * Which slot of a fixed table each selector has. What shares a slot is struck together, so what strikes often must not
 * share one with what many pages carry: each write strikes a URL, and if one of some thousand URLs fell into the slot of a
 * host, that write would strike all of its pages. URLs, paths, tags, and what is wider than those therefore have slots of
 * their own.
 *
 * @param ofUrls how many slots; this and the others are powers of two
 * @param ofWide of prefixes, hosts, and of all
 */
public record Slots(int ofUrls, int ofPaths, int ofTags, int ofWide) {

    public static final Slots STANDARD = new Slots(1 << 16, 1 << 15, 1 << 15, 1 << 13);

    public Slots {
        if (Integer.bitCount(ofUrls) != 1
                || Integer.bitCount(ofPaths) != 1
                || Integer.bitCount(ofTags) != 1
                || Integer.bitCount(ofWide) != 1) {
            throw new IllegalArgumentException("slots: expected powers of two");
        }
    }

    int count() {
        return ofUrls + ofPaths + ofTags + ofWide;
    }

    int of(Selector selector) {
        return switch (selector.kind()) {
            case URL -> within(ofUrls, selector);
            case PATH -> ofUrls + within(ofPaths, selector);
            case TAG -> ofUrls + ofPaths + within(ofTags, selector);
            case PREFIX, HOST, ALL -> ofUrls + ofPaths + ofTags + within(ofWide, selector);
        };
    }

    private static int within(int powerOfTwo, Selector selector) {
        return (int) (selector.hash() & (powerOfTwo - 1));
    }
}
