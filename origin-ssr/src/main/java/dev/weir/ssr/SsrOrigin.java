package dev.weir.ssr;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The process: {@code java -jar weir-origin-ssr.jar}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SsrConfiguration.class)
public class SsrOrigin {
    private static final int UNSUPPORTED = 2;

    public static void main(String[] args) {
        int status = start(args, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Returns the exit status; 0 also means that the server now runs on its own threads. */
    private static int start(String[] args, PrintStream out, PrintStream errors) {
        if (Arrays.asList(args).contains("--help")) {
            out.print(help());
            return 0;
        }
        if (!Platform.supported(System.getProperty("os.name", ""), System.getProperty("os.arch", ""))) {
            errors.println(Platform.explanation());
            return UNSUPPORTED;
        }
        try {
            SpringApplication.run(SsrOrigin.class, args);
            return 0;
        } catch (RuntimeException e) {
            errors.println("weir-origin-ssr does not start: " + StartFailure.explain(e));
            return 1;
        }
    }

    private static String help() {
        try (InputStream stream = SsrOrigin.class.getResourceAsStream("/help.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("help.txt is not readable", e);
        }
    }
}
