package dev.weir.loadtest.client;

/**
 * A response that arrived whole.
 *
 * @param contentType empty if not said
 * @param location where a redirection points to; empty if not said
 */
public record Answer(int status, Source source, String contentType, String location, Body body) {
    public boolean isHtml() {
        return contentType.startsWith("text/html");
    }
}
