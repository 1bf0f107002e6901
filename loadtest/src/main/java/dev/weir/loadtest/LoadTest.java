package dev.weir.loadtest;

/** Placeholder main. */
public final class LoadTest {
    private LoadTest() {}

    public static void main(String[] args) {}
}
