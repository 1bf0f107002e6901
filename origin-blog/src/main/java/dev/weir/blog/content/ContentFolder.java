package dev.weir.blog.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of {@code *.md} files. Every call reads it anew; blocking, so never on an event loop. */
public final class ContentFolder {
    /** A post larger than this is a mistake, not a post. */
    private static final long LARGEST_FILE = 1 << 20;

    private final Path folder;
    private final boolean drafts;

    /** @param drafts whether drafts count as published */
    public ContentFolder(Path folder, boolean drafts) {
        this.folder = folder;
        this.drafts = drafts;
    }

    /**
     * Reads all posts, newest first; none when the folder is empty or absent. Drafts are checked like all others before
     * they are left out, so publishing one is never the first time that its mistakes show.
     *
     * @throws MalformedContent if any file is at fault, with every fault found
     * @throws IOException if the folder can't be listed or a file can't be read
     */
    public List<Post> read() throws MalformedContent, IOException {
        List<Post> posts = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files()) {
            try {
                posts.add(PostParser.parse(file.getFileName().toString(), text(file)));
            } catch (MalformedContent e) {
                problems.addAll(e.problems());
            }
        }
        problems.addAll(sharedSlugs(posts));
        if (!problems.isEmpty()) {
            throw new MalformedContent(problems);
        }
        return posts.stream()
                .filter(post -> drafts || !post.front().draft())
                .sorted(Post.NEWEST_FIRST)
                .toList();
    }

    public Path path() {
        return folder;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(".md"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String text(Path file) throws IOException, MalformedContent {
        String name = file.getFileName().toString();
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new MalformedContent(name, 1, size + " bytes (expected: at most " + LARGEST_FILE + ")");
        }
        try {
            // A fresh decoder reports malformed input; String's own constructor would put U+FFFD in its place.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedContent(name, 1, "is not UTF-8");
        }
    }

    static List<Problem> sharedSlugs(List<Post> posts) {
        Map<String, Post> first = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Post post : posts) {
            Post earlier = first.putIfAbsent(post.slug(), post);
            if (earlier != null) {
                problems.add(new Problem(
                        post.file(),
                        post.slugLine(),
                        "slug: \"" + post.slug() + "\" is already that of " + earlier.file()));
            }
        }
        return problems;
    }
}
