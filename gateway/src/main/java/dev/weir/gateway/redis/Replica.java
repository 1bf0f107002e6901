package dev.weir.gateway.redis;

/**
 * This process among the replicas.
 *
 * @param id unique among them and new with each start, without blanks
 * @param address of its management port, without blanks
 */
public record Replica(String id, String address) {
    public Replica {
        if (id.isBlank() || id.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("replica id: '" + id + "' (expected: no blanks)");
        }
        if (address.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("replica address: '" + address + "' (expected: no blanks)");
        }
    }
}
