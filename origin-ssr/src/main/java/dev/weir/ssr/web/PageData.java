package dev.weir.ssr.web;

import dev.weir.ssr.render.EmbeddedJson;
import dev.weir.ssr.spell.School;
import dev.weir.ssr.spell.SpellDetail;
import dev.weir.ssr.spell.SpellList;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What a page's components get, as JSON: the same for the server's rendering and the browser's. */
public final class PageData {
    private final JsonMapper mapper;

    public PageData(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns the data of a list page. */
    public String list(SpellList list) {
        return write(Map.of("view", "list", "list", ApiList.of(list), "schools", School.slugs()));
    }

    /** Returns the data of a spell's page. */
    public String detail(SpellDetail detail) {
        return write(Map.of("view", "detail", "spell", detail.spell(), "related", detail.related()));
    }

    /** Returns the data of the page for what is not there; {@code what} is {@code spell} or {@code page}. */
    public String missing(String what) {
        return write(Map.of("view", "missing", "what", what));
    }

    private String write(Map<String, Object> data) {
        return EmbeddedJson.escape(mapper.writeValueAsString(new TreeMap<>(data)));
    }
}
