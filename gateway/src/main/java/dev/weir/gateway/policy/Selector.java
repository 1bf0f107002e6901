package dev.weir.gateway.policy;

/**
 * What a purge names and a stored response answers to. A stored response carries all of its selectors, worked out once
 * when it is stored; a purge strikes it when they share one.
 *
 * @param value a URL, a path on every host, a prefix ending in {@code /} (a path, or host and path), a host, a tag;
 *     empty for {@code ALL}
 */
public record Selector(Kind kind, String value) {

    public enum Kind {
        URL(1),
        PATH(2),
        PREFIX(3),
        HOST(4),
        TAG(5),
        ALL(6);

        /** Goes into the hash; fixed, since the hash is the same in every version. */
        private final int salt;

        Kind(int salt) {
            this.salt = salt;
        }
    }

    public static final Selector ALL = new Selector(Kind.ALL, "");

    /**
     * A well-mixed hash for fixed tables; the same in every process and run. Two selectors that collide are
     * invalidated together, which is safe.
     */
    public long hash() {
        // FNV-1a over the characters, then the finaliser of SplitMix64 to spread low bits
        long h = 0xcbf29ce484222325L ^ kind.salt;
        for (int i = 0; i < value.length(); i++) {
            h = (h ^ value.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }
}
