package dev.weir.ssr;

import java.util.Locale;
import java.util.Set;

/** Where V8's native library runs. */
final class Platform {
    private static final Set<String> X86_64 = Set.of("amd64", "x86_64");

    private Platform() {}

    /** Returns whether there is a library; the arguments are the JVM's {@code os.name} and {@code os.arch}. */
    static boolean supported(String osName, String osArch) {
        return osName.toLowerCase(Locale.ROOT).startsWith("linux") && X86_64.contains(osArch.toLowerCase(Locale.ROOT));
    }

    static String explanation() {
        return "weir-origin-ssr does not start: V8's library is for Linux on x86-64 only, this is "
                + System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }
}
