package dev.weir.loadtest.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The results for machines: one object with a member for each phase that ran, and {@code good} for all of them. */
public final class JsonReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Object> members = new LinkedHashMap<>();

    public void add(HerdResult herd) {
        Map<String, Object> member = member(herd.counts());
        member.put("path", herd.setting().path());
        member.put("clients", herd.setting().clients());
        member.put("gateways", herd.setting().gateways());
        member.put("bodies", herd.bodies());
        putKnown(member, "originRequests", herd.originRequests());
        member.put("originLimit", herd.setting().originLimit());
        member.put("good", herd.isGood());
        members.put("herd", member);
    }

    public void add(BrowseResult browse) {
        Map<String, Object> member = member(browse.counts());
        member.put("paths", browse.found().paths());
        member.put("hitRate", browse.counts().hitRate());
        member.put("seconds", browse.took().toNanos() / 1e9);
        member.put("requestsPerSecond", browse.requestsPerSecond());
        putKnown(member, "originRequests", browse.originRequests());
        member.put("good", browse.isGood());
        Map<String, Object> crawl = member(browse.found().counts());
        putKnown(crawl, "originRequests", browse.found().originRequests());
        member.put("crawl", crawl);
        members.put("browse", member);
    }

    /** Adds a contest: every round of every contestant. */
    public void add(ContestResult contest) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("setting", contest.setting());
        member.put("entrants", contest.entrants());
        member.put("absent", contest.absent());
        member.put("rounds", contest.rounds());
        member.put("good", contest.isGood());
        members.put("contest", member);
    }

    /** Adds a spread: every round and the medians. */
    public void add(SpreadResult spread) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("waiters", spread.few());
        member.put("clients", spread.many());
        member.put("rounds", spread.rounds());
        member.put("lagNanos", spread.lag());
        member.put("gatewayNanos", spread.gateway());
        member.put("bareNanos", spread.bare());
        member.put("ratio", spread.ratio());
        members.put("spread", member);
    }

    public void write(Path file, boolean good) throws IOException {
        members.put("good", good);
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(members) + "\n");
    }

    private static Map<String, Object> member(Counts counts) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("requests", counts.totals().requests());
        member.put("failed", counts.totals().failed());
        member.put("failures", counts.totals().reasons());
        member.put("statuses", counts.statuses());
        Map<String, Long> sources = new LinkedHashMap<>();
        counts.sources().forEach((source, count) -> sources.put(source.word(), count));
        member.put("from", sources);
        member.put("firstByteMicros", counts.firstByte());
        member.put("wholeMicros", counts.whole());
        return member;
    }

    private static void putKnown(Map<String, Object> member, String name, long value) {
        if (value != HerdResult.UNKNOWN) {
            member.put(name, value);
        }
    }
}
