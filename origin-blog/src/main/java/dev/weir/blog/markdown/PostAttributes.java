package dev.weir.blog.markdown;

import java.util.Map;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;

/** What the plain HTML of CommonMark lacks: anchors on headings, and code blocks that a keyboard can scroll. */
final class PostAttributes implements AttributeProvider {
    private final Outline outline;

    PostAttributes(Outline outline) {
        this.outline = outline;
    }

    @Override
    public void setAttributes(Node node, String tagName, Map<String, String> attributes) {
        String id = outline.idOf(node);
        if (id != null) {
            attributes.put("id", id);
        }
        switch (tagName) {
            case "pre" -> attributes.put("tabindex", "0");
            case "img" -> attributes.put("loading", "lazy");
            // The sanitiser marks every link nofollow, as for strangers' comments; these are the authors' own.
            case "a" -> attributes.remove("rel");
            default -> {}
        }
    }
}
