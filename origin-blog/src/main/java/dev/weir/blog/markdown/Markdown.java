package dev.weir.blog.markdown;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * CommonMark with tables to HTML. Raw HTML in the source is shown as text, and links and images keep only http, https,
 * mailto and relative addresses: a post can't bring script into the page.
 */
public final class Markdown {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private static final List<String> SCHEMES = List.of("http", "https", "mailto");

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();

    public Article render(String source) {
        Node document = parser.parse(source);
        Outline outline = Outline.of(document);
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new DefaultUrlSanitizer(SCHEMES))
                .attributeProviderFactory(context -> new PostAttributes(outline))
                .build();
        return new Article(renderer.render(document), outline.headings(), words(source));
    }

    /** Number of words in a source, markup included. */
    public static int words(String source) {
        String text = source.strip();
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }
}
