package dev.weir.loadtest.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The words of a command line, taken one after the other: {@code --name value} and {@code --name=value} are the same. */
final class Words {
    private final Deque<String> words;

    Words(List<String> arguments) {
        words = new ArrayDeque<>(arguments);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** The command in front of the options, or {@code otherwise} if there is none. */
    String command(String otherwise) {
        return words.isEmpty() || words.getFirst().startsWith("-") ? otherwise : words.removeFirst();
    }

    /** The next option's name; its value, if it is written behind a {@code =}, is the next word. */
    String option() {
        String word = words.removeFirst();
        int equals = word.indexOf('=');
        String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
        if (name.length() < word.length()) {
            words.addFirst(word.substring(equals + 1));
        }
        return name;
    }

    String value(String name) throws UsageException {
        String value = words.pollFirst();
        if (value == null || value.isEmpty()) {
            throw new UsageException(name + " needs a value");
        }
        return value;
    }

    int number(String name, int low, int high) throws UsageException {
        String value = value(name);
        try {
            int number = Integer.parseInt(value);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The message below says it.
        }
        throw new UsageException("%s takes a number from %d to %d (got '%s')".formatted(name, low, high, value));
    }

    static UsageException unknown(String name, String phase) {
        return new UsageException(
                "unknown option '" + name + "'" + (phase.isEmpty() ? "" : " for " + phase) + " (see --help)");
    }
}
