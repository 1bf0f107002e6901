package dev.weir.blog.markdown;

/**
 * A heading that can be linked to.
 *
 * @param level 2 or 3
 * @param id its anchor, unique in the article
 * @param text its plain text
 */
public record Heading(int level, String id, String text) {}
