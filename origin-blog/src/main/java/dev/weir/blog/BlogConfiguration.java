package dev.weir.blog;

import dev.weir.blog.content.ContentFolder;
import dev.weir.blog.content.MalformedContent;
import dev.weir.blog.page.Press;
import dev.weir.blog.page.Tags;
import dev.weir.blog.purge.PurgeEmitter;
import dev.weir.blog.reload.ReloadThread;
import dev.weir.blog.reload.Reloader;
import dev.weir.blog.web.BlogHandler;
import dev.weir.blog.web.ReadAfterAnswer;
import dev.weir.blog.web.RequestCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The assembly: the only place with beans, but for the settings, which {@link BlogOrigin} puts in before all of them. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BlogConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Event loops of this server's own: the process-wide ones would end with the first of several servers in a JVM. */
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    @Bean
    PurgeEmitter purgeEmitter(BlogSettings settings, Clock clock) {
        return new PurgeEmitter(settings.purge(), new TreeSet<>(List.of(Tags.BLOG)), clock);
    }

    @Bean
    PurgeLifecycle purgeLifecycle(PurgeEmitter emitter) {
        return new PurgeLifecycle(emitter);
    }

    @Bean
    HealthIndicator purgeHealthIndicator(PurgeEmitter emitter) {
        return new PurgeHealth(emitter);
    }

    @Bean
    Reloader reloader(BlogSettings settings, PurgeEmitter emitter, Clock clock) throws MalformedContent, IOException {
        return new Reloader(
                new ContentFolder(settings.content(), settings.drafts()),
                new Press(settings.site()),
                clock,
                tags -> emitter.emit(tags, "blog reload"));
    }

    @Bean(destroyMethod = "close")
    ReloadThread reloadThread(Reloader reloader) {
        return new ReloadThread(reloader);
    }

    @Bean
    RouterFunction<ServerResponse> routes(Reloader reloader, Clock clock) {
        return RouterFunctions.route(RequestPredicates.all(), new BlogHandler(reloader::current, clock)::answer);
    }

    @Bean
    ReadAfterAnswer readAfterAnswer() {
        return new ReadAfterAnswer();
    }

    @Bean
    RequestCounter requestCounter(MeterRegistry registry) {
        return new RequestCounter(registry);
    }
}
