package dev.weir.gateway.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** Reads {@code gateway.yaml} as a start would, without starting. */
final class SettingsCheck {

    private SettingsCheck() {}

    /** What is wrong with the file, in one line; null where nothing is, or there is no such file, which is allowed. */
    static @Nullable String problem(Path file) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            List<ConfigurationPropertySource> sources = new ArrayList<>();
            for (PropertySource<?> source :
                    new YamlPropertySourceLoader().load("gateway.yaml", new FileSystemResource(file))) {
                ConfigurationPropertySources.from(source).forEach(sources::add);
            }
            new Binder(sources)
                    .bindOrCreate(
                            "weir",
                            Bindable.of(Settings.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true));
            return null;
        } catch (BindException wrong) {
            return file + ": " + inWords(wrong);
        } catch (IOException | RuntimeException unreadable) {
            return file + ": " + firstLine(unreadable);
        }
    }

    /** The key, the value and what was expected, as far as the binder knows. */
    static String inWords(BindException wrong) {
        Throwable cause = wrong;
        while (cause.getCause() != null) {
            if (cause.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
                return "unknown key "
                        + unknown.getUnboundProperties().iterator().next().getName();
            }
            cause = cause.getCause();
        }
        return wrong.getName() + ": " + firstLine(cause);
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.toString()
                : message.lines().findFirst().orElse(message);
    }
}
