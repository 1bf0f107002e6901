package dev.weir.blog;

import dev.weir.blog.content.MalformedContent;
import dev.weir.blog.reload.Hangup;
import dev.weir.blog.reload.ReloadThread;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** The process: help, start, the hang-up signal, and one clear line where it can't start. */
public final class BlogOrigin {
    private BlogOrigin() {}

    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(Help.TEXT);
            return;
        }
        // Caught from the first moment, or a hang-up during the start would end the process.
        CompletableFuture<ReloadThread> ready = new CompletableFuture<>();
        Hangup.install(() -> {
            var unused = ready.thenAccept(ReloadThread::request);
        });
        try {
            ready.complete(start(args).getBean(ReloadThread.class));
        } catch (RuntimeException e) {
            System.err.println("weir-origin-blog cannot start: " + reason(e));
            System.exit(1);
        }
    }

    /** Starts the origin; the caller closes it. */
    static ConfigurableApplicationContext start(String... args) {
        SpringApplication application = new SpringApplication(BlogConfiguration.class);
        // Before any bean: a wrong setting is then the first thing that fails, and the only one.
        application.addInitializers(context ->
                context.getBeanFactory().registerSingleton("settings", BlogSettings.from(context.getEnvironment())));
        return application.run(args);
    }

    /** One line for what an operator can mend; anything else is a defect and brings its stack trace. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException inUse) {
                return "port " + inUse.getPort() + " is in use (set BLOG_PORT)";
            }
            if (cause instanceof MalformedContent || cause instanceof IllegalArgumentException) {
                return String.valueOf(cause.getMessage());
            }
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
