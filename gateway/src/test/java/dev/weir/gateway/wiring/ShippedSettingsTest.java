package dev.weir.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

@DisplayName("the settings file that is shipped")
class ShippedSettingsTest {

    private static final Path FILE = Path.of("..", "config", "gateway.yaml");

    private static EnumerablePropertySource<?> shipped() throws IOException {
        PropertySource<?> source = new YamlPropertySourceLoader()
                .load("gateway.yaml", new FileSystemResource(FILE))
                .get(0);
        return (EnumerablePropertySource<?>) source;
    }

    private static Settings bind(Map<String, ?> values) {
        ConfigurationPropertySource source = new MapConfigurationPropertySource(values);
        return new Binder(source).bindOrCreate("weir", Settings.class);
    }

    @Test
    @DisplayName("states the defaults as they are")
    void statesTheDefaults() throws Exception {
        EnumerablePropertySource<?> shipped = shipped();
        Map<String, String> values = new java.util.HashMap<>();
        for (String name : shipped.getPropertyNames()) {
            values.put(name, String.valueOf(shipped.getProperty(name)));
        }

        assertThat(bind(values)).isEqualTo(bind(Map.of()));
        values.put("weir.isolation.max-age", "7s");
        assertThat(bind(values)).isNotEqualTo(bind(Map.of()));
    }

    @Test
    @DisplayName("shows every key there is, but for the directory it lies in, and no other")
    void showsEveryKey() throws Exception {
        Set<String> expected = new TreeSet<>(keys("weir", Settings.class).toList());
        expected.remove("weir.config-directory");

        assertThat(shipped().getPropertyNames()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Stream<String> keys(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            String key = prefix + '.' + dashed(component);
            boolean nested =
                    component.getType().isRecord() && component.getType().getEnclosingClass() == Settings.class;
            return nested ? keys(key, component.getType()) : Stream.of(key);
        });
    }

    private static String dashed(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
