package dev.weir.blog.content;

/**
 * One file's text to a {@link Post}: splits the front matter, between two lines of {@code ---}, from the body.
 *
 * <p>Pure: text in, value or {@link MalformedContent} out.
 */
final class PostParser {
    private static final String FENCE = "---";

    private PostParser() {}

    static Post parse(String file, String text) throws MalformedContent {
        String[] lines = withoutByteOrderMark(text).split("\\R", -1);
        if (!isFence(lines[0])) {
            throw new MalformedContent(file, 1, "front matter is missing (expected: first line \"---\")");
        }
        int end = closingFence(lines);
        if (end < 0) {
            throw new MalformedContent(file, 1, "front matter is not closed (expected: a second line \"---\")");
        }
        FrontMatterReader reader = FrontMatterReader.of(file, join(lines, 1, end));
        FrontMatter front = reader.read();
        return new Post(front, join(lines, end + 1, lines.length), file, reader.lineOf("slug"));
    }

    private static int closingFence(String[] lines) {
        for (int i = 1; i < lines.length; i++) {
            if (isFence(lines[i])) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isFence(String line) {
        return line.stripTrailing().equals(FENCE);
    }

    private static String join(String[] lines, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(lines[i]).append('\n');
        }
        return text.toString();
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
