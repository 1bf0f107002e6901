package dev.weir.blog.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The three kinds of page, from the templates in {@code src/main/jte}, compiled with the module. */
final class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    Body post(Frame frame, PostView post) {
        return render("post.jte", Map.of("frame", frame, "post", post));
    }

    Body list(Frame frame, ListView list) {
        return render("list.jte", Map.of("frame", frame, "list", list));
    }

    Body notFound(Frame frame) {
        return render("notfound.jte", Map.of("frame", frame));
    }

    private Body render(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput();
        engine.render(template, values, output);
        return Body.of(output.toString());
    }
}
