package dev.weir.blog.markdown;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** The headings of one document with their anchors. */
final class Outline {
    private final List<Heading> headings = new ArrayList<>();
    private final IdentityHashMap<Node, String> ids = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();

    private Outline() {}

    static Outline of(Node document) {
        Outline outline = new Outline();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.Heading heading) {
                outline.add(heading);
            }
        });
        return outline;
    }

    List<Heading> headings() {
        return headings;
    }

    @Nullable String idOf(Node node) {
        return ids.get(node);
    }

    private void add(org.commonmark.node.Heading heading) {
        String text = plainText(heading);
        String id = unique(anchor(text));
        ids.put(heading, id);
        if (heading.getLevel() == 2 || heading.getLevel() == 3) {
            headings.add(new Heading(heading.getLevel(), id, text));
        }
    }

    private String unique(String wanted) {
        String id = wanted;
        for (int n = 2; !taken.add(id); n++) {
            id = wanted + "-" + n;
        }
        return id;
    }

    private static String anchor(String text) {
        String id = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-+|-+$", "");
        return id.isEmpty() ? "section" : id;
    }

    private static String plainText(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak part) {
                text.append(' ');
            }

            @Override
            public void visit(HardLineBreak part) {
                text.append(' ');
            }
        });
        return text.toString();
    }
}
