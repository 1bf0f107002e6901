package dev.weir.blog;

/** Placeholder main. */
public final class BlogOrigin {
    private BlogOrigin() {}

    public static void main(String[] args) {}
}
