package dev.weir.ssr.purge;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where purges go and how patiently.
 *
 * @param urls management addresses of the gateway's replicas, tried in turn; none means that nothing is sent
 * @param key the bearer key; empty if there is none
 * @param bound how many events may wait before they are merged
 * @param timeout the longest wait for one answer; the gateway may take its time to hear from all replicas
 * @param firstDelay the pause before the first retry; it doubles with each one
 * @param longestDelay the longest pause between retries
 */
public record PurgeSettings(
        List<URI> urls, String key, int bound, Duration timeout, Duration firstDelay, Duration longestDelay) {
    public PurgeSettings {
        urls = List.copyOf(urls);
        for (URI url : urls) {
            if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
                throw new IllegalArgumentException(
                        "WEIR_PURGE_URLS holds " + url + " (expected: http://HOST:PORT, separated by commas)");
            }
        }
    }

    /** Returns settings with the delays that suit a gateway nearby. */
    public static PurgeSettings of(List<URI> urls, String key) {
        return new PurgeSettings(
                urls, key, 256, Duration.ofSeconds(15), Duration.ofMillis(200), Duration.ofSeconds(10));
    }
}
