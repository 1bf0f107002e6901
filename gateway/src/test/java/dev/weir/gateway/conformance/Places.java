package dev.weir.gateway.conformance;

import dev.weir.gateway.http.HttpDate;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What stands for itself in a row's texts until it runs: <code>{path}</code>, <code>{host}</code>, and dates in seconds from
 * when the row began, <code>{now}</code>, <code>{now-60}</code>, <code>{now+60}</code>.
 *
 * @param host of the gateway, with its port
 */
record Places(String path, String host, Instant now) {

    private static final Pattern DATE = Pattern.compile("\\{now(?:([+-]\\d+))?}");

    String fill(String text) {
        String named = text.replace("{path}", path).replace("{host}", host);
        return DATE.matcher(named).replaceAll(found -> {
            String offset = found.group(1);
            return HttpDate.format(now.plusSeconds(offset == null ? 0 : Long.parseLong(offset)));
        });
    }
}
