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

    /** {@code maxObject} and {@code max_object} are {@code max-object} to a person. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
