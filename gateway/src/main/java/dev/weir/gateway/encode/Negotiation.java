package dev.weir.gateway.encode;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.policy.Body;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of the forms at hand a client gets (RFC 9110 §12.5.3). */
public final class Negotiation {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern SEMICOLON = Pattern.compile(";");
    private static final Pattern QUALITY = Pattern.compile("[qQ]\\s*=\\s*(0(\\.\\d{0,3})?|1(\\.0{0,3})?)");

    private Negotiation() {}

    /**
     * The best coded form at hand, or null for identity: also where the client says nothing, since identity is then the
     * safe choice, and where nothing at hand is acceptable, which is better than no answer.
     */
    public static Body.@Nullable Coded choose(Headers request, Body body) {
        String accepted = request.list("accept-encoding");
        if (accepted == null || body.coded().isEmpty()) {
            return null;
        }
        Body.Coded best = null;
        int bestWeight = 0;
        int bestSize = Integer.MAX_VALUE;
        for (Body.Coded form : body.coded()) {
            int weight = weight(accepted, form.coding());
            if (weight > bestWeight || (weight == bestWeight && weight > 0 && form.bytes().length < bestSize)) {
                best = form;
                bestWeight = weight;
                bestSize = form.bytes().length;
            }
        }
        int identity = explicitWeight(accepted, "identity");
        return best == null || identity > bestWeight ? null : best;
    }

    /** The weight of a coding in thousandths; 0 means not acceptable. */
    static int weight(String accepted, String coding) {
        int named = explicitWeight(accepted, coding);
        return named >= 0 ? named : Math.max(0, explicitWeight(accepted, "*"));
    }

    private static int explicitWeight(String accepted, String coding) {
        for (String member : COMMA.split(accepted, -1)) {
            String[] parts = SEMICOLON.split(member, -1);
            String token = parts[0].trim().toLowerCase(Locale.ROOT);
            if (token.equals(coding) || (token.equals("x-gzip") && coding.equals("gzip"))) {
                return parts.length == 1 ? 1000 : quality(parts[1].trim());
            }
        }
        return -1;
    }

    /** {@code q=0.5} as 500; what is malformed counts as not acceptable. */
    private static int quality(String parameter) {
        Matcher matcher = QUALITY.matcher(parameter);
        return matcher.matches() ? (int) Math.round(Double.parseDouble(matcher.group(1)) * 1000) : 0;
    }
}
