package dev.weir.ssr;

/** Placeholder main. */
public final class SsrOrigin {
    private SsrOrigin() {}

    public static void main(String[] args) {}
}
