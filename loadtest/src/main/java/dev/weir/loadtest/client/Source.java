package dev.weir.loadtest.client;

/** Where an answer came from, as far as the cache tells; each answer counts under exactly one. */
public enum Source {
    /** A fresh hit in the replica's memory. */
    MEMORY("memory", true),
    /** A fresh hit in the tier that the replicas share. */
    REDIS("redis", true),
    /** A fresh hit whose tier was not named. */
    HIT("hit", true),
    /** A hit that is past its freshness. */
    STALE("stale", true),
    /** Waited for a fetch that another request had begun. */
    COLLAPSED("collapsed", false),
    /** The origin was asked whether the stored response is still good. */
    VALIDATED("validated", false),
    /** Fetched from the origin. */
    MISS("miss", false),
    /** The cache stood aside. */
    BYPASS("bypass", false),
    /** The cache said nothing. */
    UNMARKED("unmarked", false);

    private final String word;
    private final boolean hit;

    Source(String word, boolean hit) {
        this.word = word;
        this.hit = hit;
    }

    public String word() {
        return word;
    }

    public boolean isHit() {
        return hit;
    }
}
