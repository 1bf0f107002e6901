package dev.weir.loadtest.report;

/**
 * What a herd did.
 *
 * @param bodies how many different ones came (status and bytes); 1 is right
 * @param bodySize bytes of the last one
 * @param originRequests by the origins' own count; {@link #UNKNOWN} if nobody was asked
 */
public record HerdResult(Setting setting, Counts counts, int bodies, int bodySize, long originRequests) {
    public static final long UNKNOWN = -1;

    /**
     * What was asked of the herd.
     *
     * @param originLimit how many requests may reach an origin
     */
    public record Setting(String path, int clients, int gateways, int originLimit) {}

    public boolean isGood() {
        return counts.totals().failed() == 0
                && counts.statuses().keySet().stream().allMatch(status -> status == 200)
                && bodies == 1
                && originRequests <= setting.originLimit();
    }
}
