package dev.weir.loadtest.report;

import java.util.Locale;
import java.util.stream.Collectors;

/** The results in words; what each number means stands in docs/load.md. */
public final class TextReport {
    private TextReport() {}

    public static String of(HerdResult herd) {
        HerdResult.Setting setting = herd.setting();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "herd: %,d clients at once on %s over %s%n",
                setting.clients(),
                setting.path(),
                many(setting.gateways(), "gateway")));
        lines(text, herd.counts());
        line(
                text,
                "bodies",
                herd.bodies() == 1
                        ? String.format(Locale.ROOT, "all the same, %,d bytes", herd.bodySize())
                        : herd.bodies() + " different ones");
        line(text, "origin", origin(herd.originRequests()) + " (at most " + setting.originLimit() + " allowed)");
        line(text, "verdict", herd.isGood() ? "good" : "NOT GOOD");
        return text.toString();
    }

    public static String of(BrowseResult browse) {
        StringBuilder text = new StringBuilder();
        BrowseResult.Found found = browse.found();
        text.append(String.format(
                Locale.ROOT,
                "browse: %,d requests over %,d pages and assets%n",
                browse.counts().totals().requests(),
                found.paths()));
        line(text, "crawl", sources(found.counts()) + "; origin " + origin(found.originRequests()));
        failures(text, "crawl failed", found.counts());
        lines(text, browse.counts());
        line(
                text,
                "hit rate",
                String.format(Locale.ROOT, "%.2f %%", 100 * browse.counts().hitRate()));
        line(
                text,
                "throughput",
                String.format(
                        Locale.ROOT,
                        "%,.0f requests/s for %.1f s",
                        browse.requestsPerSecond(),
                        browse.took().toMillis() / 1e3));
        line(text, "origin", origin(browse.originRequests()));
        line(text, "verdict", browse.isGood() ? "good" : "NOT GOOD");
        return text.toString();
    }

    private static void lines(StringBuilder text, Counts counts) {
        String statuses = counts.statuses().entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%d × %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("   "));
        line(text, "status", statuses.isEmpty() ? "no answer at all" : statuses);
        failures(text, "failed", counts);
        line(text, "from", sources(counts));
        if (!counts.statuses().isEmpty()) {
            line(text, "first byte", counts.firstByte().inWords());
            line(text, "whole", counts.whole().inWords());
        }
    }

    private static void failures(StringBuilder text, String name, Counts counts) {
        if (counts.totals().failed() > 0) {
            String reasons = counts.totals().reasons().entrySet().stream()
                    .map(entry -> entry.getValue() + " × " + entry.getKey())
                    .collect(Collectors.joining("; "));
            line(
                    text,
                    name,
                    String.format(Locale.ROOT, "%,d: %s", counts.totals().failed(), reasons));
        }
    }

    private static String sources(Counts counts) {
        String sources = counts.sources().entrySet().stream()
                .map(entry ->
                        String.format(Locale.ROOT, "%s %,d", entry.getKey().word(), entry.getValue()))
                .collect(Collectors.joining("   "));
        return sources.isEmpty() ? "nowhere" : sources;
    }

    private static String origin(long requests) {
        return requests == HerdResult.UNKNOWN ? "not asked" : many(requests, "request");
    }

    private static String many(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-12s %s%n", name, value));
    }
}
