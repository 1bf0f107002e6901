package dev.weir.blog.page;

import static dev.weir.blog.page.Posts.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.blog.content.Post;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PressTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.700Z");
    private final Press press = new Press(Posts.SITE);

    @Test
    void printsEveryAddress() {
        Snapshot snapshot = print(post("c", 3), post("b", 2), post("a", 1));
        assertThat(snapshot.pages().keySet())
                .contains(
                        "/blog/",
                        "/blog/?page=2",
                        "/blog/a",
                        "/blog/b",
                        "/blog/c",
                        "/blog/tags/http",
                        "/blog/tags/http?page=2",
                        "/blog/feed.xml")
                .hasSize(10);
    }

    @Test
    void findsListPagesByNumberAndIgnoresTheNumberElsewhere() {
        Snapshot snapshot = print(post("c", 3), post("b", 2), post("a", 1));
        assertThat(snapshot.find("/blog/", 1)).isNotNull();
        assertThat(snapshot.find("/blog/", 2)).isNotNull().isNotEqualTo(snapshot.find("/blog/", 1));
        assertThat(snapshot.find("/blog/", 3)).isNull();
        assertThat(snapshot.find("/blog/tags/http", 3)).isNull();
        assertThat(snapshot.find("/blog/a", 9)).isNotNull();
    }

    @Test
    void tagsListsWithEveryPostTheyShow() {
        Snapshot snapshot = print(post("c", 3), post("b", 2), post("a", 1));
        assertThat(page(snapshot, "/blog/").surrogateKey()).isEqualTo("blog list post:c post:b");
        assertThat(page(snapshot, "/blog/?page=2").surrogateKey()).isEqualTo("blog list post:a");
        assertThat(page(snapshot, "/blog/tags/http").surrogateKey()).isEqualTo("blog tag:http post:c post:b");
        assertThat(page(snapshot, "/blog/a").surrogateKey()).isEqualTo("blog post:a");
        assertThat(page(snapshot, "/blog/feed.xml").surrogateKey()).isEqualTo("blog feed");
    }

    @Test
    void escapesWhatAuthorsWrite() throws Exception {
        String nasty = "</title><script>x</script> & \"q\" ']]>";
        Snapshot snapshot = print(post("a", 1, nasty, "Body", "http"));
        for (String address : List.of("/blog/", "/blog/a", "/blog/tags/http")) {
            assertThat(page(snapshot, address).body().text()).doesNotContain("<script>");
        }
        Document feed = xml(page(snapshot, "/blog/feed.xml").body().text());
        assertThat(feed.getElementsByTagName("title").item(1).getTextContent()).isEqualTo(nasty);
    }

    @Test
    void writesAFeedThatAtomReadersTake() throws Exception {
        Document feed = xml(
                page(print(post("b", 2), post("a", 1)), "/blog/feed.xml").body().text());
        assertThat(feed.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        assertThat(feed.getElementsByTagName("entry").getLength()).isEqualTo(2);
        assertThat(feed.getElementsByTagName("updated").item(0).getTextContent())
                .isEqualTo("2026-01-02T00:00:00Z");
        assertThat(feed.getElementsByTagName("id").item(1).getTextContent()).startsWith("urn:uuid:");
        assertThat(page(print(), "/blog/feed.xml").body().text()).contains("<updated>");
    }

    @Test
    void givesEqualBytesEqualTags() {
        Snapshot one = print(post("a", 1));
        Snapshot two = print(post("a", 1));
        assertThat(page(one, "/blog/a").body().etag())
                .isEqualTo(page(two, "/blog/a").body().etag())
                .matches("\"[A-Za-z0-9_-]{22}\"");
    }

    @Test
    void keepsLastModifiedWhileBytesStayTheSame() {
        Snapshot first = print(post("b", 2), post("a", 1));
        Snapshot later = press.print(
                List.of(post("b", 2, "Title of b", "New", "http"), post("a", 1)), first, NOW.plusSeconds(60));
        assertThat(page(later, "/blog/a").lastModified()).isEqualTo(Instant.parse("2026-05-01T10:00:00Z"));
        assertThat(page(later, "/blog/b").lastModified()).isEqualTo(Instant.parse("2026-05-01T10:01:00Z"));
    }

    @Test
    void sendsNoDateThatTwoVersionsWouldShare() {
        Snapshot first = print(post("a", 1));
        Snapshot same = press.print(List.of(post("a", 1, "New", "B", "http")), first, NOW.plusMillis(100));
        assertThat(page(same, "/blog/a").lastModified()).isNull();
    }

    private Snapshot print(Post... posts) {
        return press.print(List.of(posts), null, NOW);
    }

    private static Page page(Snapshot snapshot, String address) {
        return Objects.requireNonNull(snapshot.pages().get(address), address);
    }

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
