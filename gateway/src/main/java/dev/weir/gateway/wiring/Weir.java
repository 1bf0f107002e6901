package dev.weir.gateway.wiring;

/** The gateway's process. */
public final class Weir {
    private Weir() {}

    public static void main(String[] args) {}
}
