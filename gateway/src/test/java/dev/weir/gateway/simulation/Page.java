package dev.weir.gateway.simulation;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A page of the origin. Its versions count its edits. */
final class Page {

    static final String HOST = "a.test";

    /** How it can be validated. */
    enum Validator {
        STRONG,
        WEAK,
        NONE
    }

    final String path;
    final List<String> tags;
    final String cacheControl;
    final Validator validator;
    private final Map<String, Set<String>> confirmed = new HashMap<>();
    private int version = 1;

    Page(String path, List<String> tags, String cacheControl, Validator validator) {
        this.path = path;
        this.tags = tags;
        this.cacheControl = cacheControl;
        this.validator = validator;
    }

    int version() {
        return version;
    }

    void edit() {
        version++;
    }

    Request request(Headers headers) {
        return new Request("GET", "http", HOST, path, null, headers);
    }

    String url() {
        return "http://" + HOST + path;
    }

    String tag() {
        String tag = "\"v" + version + '"';
        return validator == Validator.WEAK ? "W/" + tag : tag;
    }

    /** The origin has told that process that what has this tag is current. */
    void confirmed(String process, String tag) {
        confirmed.computeIfAbsent(tag, none -> new HashSet<>()).add(process);
    }

    boolean isConfirmedByOthersThan(String process, @Nullable String tag) {
        return confirmed.getOrDefault(String.valueOf(tag), Set.of()).stream().anyMatch(each -> !each.equals(process));
    }

    boolean isNamedBy(Selector selector) {
        return switch (selector.kind()) {
            case URL -> selector.value().equals(url());
            case PATH -> selector.value().equals(path);
            case PREFIX -> path.startsWith(selector.value());
            case HOST -> selector.value().equals(HOST);
            case TAG -> tags.contains(selector.value());
            case ALL -> true;
        };
    }
}
