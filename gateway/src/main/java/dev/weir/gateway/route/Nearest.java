package dev.weir.gateway.route;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word was meant by a misspelt one. */
final class Nearest {

    private static final int LONGEST = 64;

    private Nearest() {}

    /** The known word with the fewest edits from it, the first of equals; empty where none is close. */
    static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            int edits = edits(plain(word), plain(candidate));
            int allowed = Math.max(1, Math.max(word.length(), candidate.length()) / 3);
            if (edits <= allowed && edits < fewest) {
                best = candidate;
                fewest = edits;
            }
        }
        return Optional.ofNullable(best);
    }

    /** What a report asks after a wrong word: {@code , did you mean ttl?}, or nothing. */
    static String question(String word, Collection<String> known) {
        return to(word, known).map(near -> ", did you mean " + near + "?").orElse("");
    }

    /** {@code one of a, b}, or the only one. */
    static String oneOf(Collection<String> known) {
        return (known.size() == 1 ? "" : "one of ") + String.join(", ", known);
    }

    /** {@code maxObject} and {@code max_object} are {@code max-object} to a person. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, i, j, a, b);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, int i, int j, String a, String b) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swap = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swap ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
