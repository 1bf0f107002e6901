package dev.weir.blog.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentFolderTest {
    @TempDir
    Path folder;

    @Test
    void isEmptyWithoutFolderOrFiles() throws Exception {
        assertThat(new ContentFolder(folder, false).read()).isEmpty();
        assertThat(new ContentFolder(folder.resolve("absent"), false).read()).isEmpty();
    }

    @Test
    void sortsNewestFirstAndThenBySlug() throws Exception {
        write("1.md", "old", "2026-01-01", "");
        write("2.md", "b", "2026-02-01", "");
        write("3.md", "a", "2026-02-01", "");
        assertThat(new ContentFolder(folder, false).read())
                .extracting(Post::slug)
                .containsExactly("a", "b", "old");
    }

    @Test
    void leavesDraftsOutUnlessAsked() throws Exception {
        write("1.md", "done", "2026-01-01", "");
        write("2.md", "unfinished", "2026-01-02", "draft: true\n");
        assertThat(new ContentFolder(folder, false).read())
                .extracting(Post::slug)
                .containsExactly("done");
        assertThat(new ContentFolder(folder, true).read()).hasSize(2);
    }

    @Test
    void namesBothFilesOfASharedSlug() throws Exception {
        write("1.md", "same", "2026-01-01", "");
        write("2.md", "same", "2026-01-02", "draft: true\n");
        assertThatThrownBy(() -> new ContentFolder(folder, false).read())
                .hasMessage("2.md:3: slug: \"same\" is already that of 1.md");
    }

    @Test
    void tellsAllProblemsAtOnce() throws IOException {
        Files.writeString(folder.resolve("1.md"), "no front matter");
        Files.write(folder.resolve("2.md"), new byte[] {'-', '-', '-', '\n', (byte) 0xff});
        Files.write(folder.resolve("3.md"), new byte[(1 << 20) + 1]);
        Files.writeString(folder.resolve("notes.txt"), "not looked at");
        assertThatThrownBy(() -> new ContentFolder(folder, false).read())
                .isInstanceOfSatisfying(
                        MalformedContent.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::file)
                                .containsExactly("1.md", "2.md", "3.md"));
    }

    private void write(String file, String slug, String date, String more) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "---\ntitle: T\nslug: " + slug + "\ndate: " + date
                        + "\nauthor: A\ndescription: D\ntags: [t]\ncategory: C\n" + more + "---\nBody.\n");
    }
}
