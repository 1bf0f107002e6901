package dev.weir.gateway.store;

import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import java.util.List;

/** What the shared tier keeps under one of its names: a response, or what the responses of a key vary by. */
public sealed interface SharedRecord {

    /** The primary key in full. The tier's names are hashes; whoever reads a record compares this with what it asked for. */
    CacheKey key();

    /** One stored response. */
    record Entry(StoredResponse stored) implements SharedRecord {
        @Override
        public CacheKey key() {
            return stored.key();
        }
    }

    /**
     * Stands under a primary key whose responses vary; each of them has a name of its own.
     *
     * @param names the learned Vary fields, lower case, sorted
     */
    record Varies(CacheKey key, List<String> names) implements SharedRecord {
        public Varies {
            names = List.copyOf(names);
        }
    }
}
