package dev.weir.gateway.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The gateway's metrics. Labels are bounded: routes and verdicts come from configuration and code, never from requests. */
public final class Meters {

    private final MeterRegistry registry;
    private final Map<Outcome, Counter> requests = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts one answered request; statuses by class, so that origins can't multiply series. */
    public void count(Outcome outcome) {
        Outcome byClass = new Outcome(outcome.route(), outcome.verdict(), outcome.status() / 100);
        requests.computeIfAbsent(byClass, this::counter).increment();
    }

    private Counter counter(Outcome byClass) {
        return Counter.builder("weir.requests")
                .description("Requests answered, by route, by where the answer came from and by class of status")
                .tag("route", byClass.route())
                .tag("verdict", byClass.verdict().label())
                .tag("status", byClass.status() + "xx")
                .register(registry);
    }

    /** Publishes a running count that its owner keeps. */
    public <T> void counting(String name, String description, T owner, ToDoubleFunction<T> count) {
        io.micrometer.core.instrument.FunctionCounter.builder(name, owner, count)
                .description(description)
                .register(registry);
    }

    /** Publishes a level that its owner keeps. */
    public <T> void level(String name, String description, T owner, ToDoubleFunction<T> level) {
        io.micrometer.core.instrument.Gauge.builder(name, owner, level)
                .description(description)
                .register(registry);
    }
}
