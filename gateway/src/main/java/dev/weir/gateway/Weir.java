package dev.weir.gateway;

/** Placeholder main. */
public final class Weir {
    private Weir() {}

    public static void main(String[] args) {}
}
