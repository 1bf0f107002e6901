package dev.weir.gateway.simulation;

import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Edits pages and purges them, again and again under the same id, until that is answered with applied. */
final class Editor {

    private static final Duration WAIT = Duration.ofSeconds(12);
    private static final int MOST_TRIES = 12;

    private final World world;
    private final Fleet fleet;
    private final RedisModel redis;
    private final Registrations registrations;
    private final List<Page> pages;
    private final Promises promises;
    private final Visitors visitors;
    private int purges;
    private int applied;

    Editor(Scene scene, Fleet fleet, Promises promises, Visitors visitors) {
        this.world = scene.world();
        this.fleet = fleet;
        this.redis = scene.redis();
        this.registrations = scene.registrations();
        this.pages = scene.pages();
        this.promises = promises;
        this.visitors = visitors;
    }

    /** How many purges were answered with applied. */
    int applied() {
        return applied;
    }

    /** One order to forget. */
    private record Order(Purge purge, List<Page> struck, long asked) {}

    void edit() {
        Purge.Mode mode = world.oneOf(List.of(Purge.Mode.values()));
        List<Selector> selectors = new ArrayList<>(List.of(selector()));
        if (world.happens(0.2)) {
            selectors.add(selector());
        }
        List<Page> struck = pages.stream()
                .filter(page -> selectors.stream().anyMatch(page::isNamedBy))
                .toList();
        if (world.happens(0.7)) {
            struck.forEach(Page::edit);
        }
        Purge purge = new Purge("purge" + ++purges, mode, selectors, "edit");
        // After the edit is seen by all, and not in the same moment
        world.in(world.delay(World.MILLI, 100 * World.MILLI), () -> {
            struck.forEach(page -> visitors.comeAround(page, 1));
            world.in(world.between(0, 20 * World.MILLI), () -> ask(new Order(purge, struck, world.now()), 1));
        });
    }

    private Selector selector() {
        Page page = world.oneOf(pages);
        return switch (world.below(8)) {
            case 0, 1 -> new Selector(Selector.Kind.URL, page.url());
            case 2 -> new Selector(Selector.Kind.PATH, page.path);
            case 3 -> new Selector(Selector.Kind.PREFIX, page.path.substring(0, page.path.lastIndexOf('/') + 1));
            case 4 -> world.happens(0.5) ? Selector.ALL : new Selector(Selector.Kind.HOST, Page.HOST);
            default -> new Selector(Selector.Kind.TAG, page.tags.isEmpty() ? "none" : world.oneOf(page.tags));
        };
    }

    private void ask(Order order, int tries) {
        SimulatedReplica replica = fleet.running().isEmpty() ? null : fleet.any();
        if (tries > MOST_TRIES || world.isOver()) {
            return;
        }
        boolean[] answered = new boolean[1];
        if (replica != null) {
            world.tell(() -> "editor asks " + replica + " for " + order.purge().id() + ", "
                    + order.purge().mode().name().toLowerCase(Locale.ROOT) + " "
                    + order.purge().selectors()
                    + (tries > 1 ? " again" : ""));
            replica.purge(order.purge(), WAIT, (answer, states) -> {
                if (!answered[0] && replica.process().isAlive()) {
                    answered[0] = true;
                    known(order, states);
                    answered(order, tries, replica, answer);
                }
            });
        }
        world.in(world.between(13, 15) * World.SECOND, () -> {
            if (!answered[0]) {
                answered[0] = true; // no word of it: whatever comes now is not listened to
                ask(order, tries + 1);
            }
        });
    }

    /** Who has applied it knows of it, unless it was trimmed off a new log before it was read there. */
    private void known(Order order, List<ReplicaState> states) {
        if (!redis.remembers(order.purge().id())) {
            return;
        }
        for (SimulatedReplica replica : fleet.running()) {
            boolean applied = states.stream()
                    .anyMatch(each -> each.status() == ReplicaState.Status.APPLIED
                            && each.replica().equals(replica.process().name()));
            if (applied) {
                order.struck()
                        .forEach(page -> replica.own().known(page, order.purge().mode(), order.asked(), world.now()));
            }
        }
    }

    private void answered(Order order, int tries, SimulatedReplica replica, SimulatedReplica.Answer answer) {
        boolean limited = answer == SimulatedReplica.Answer.APPLIED
                && registrations.mayMissOthers(replica.process().name());
        world.tell(() -> replica + " answers " + order.purge().id() + " with "
                + answer.name().toLowerCase(Locale.ROOT) + (limited ? ", which does not count" : ""));
        if (answer == SimulatedReplica.Answer.NOT_RECORDED) {
            order.struck().forEach(page -> {
                replica.own().made(page, order.purge().mode(), order.asked());
                replica.own().known(page, order.purge().mode(), order.asked(), world.now());
            });
        }
        if (answer == SimulatedReplica.Answer.APPLIED && !limited) {
            applied++;
            order.struck().forEach(page -> promises.made(page, order.purge().mode(), order.asked()));
        }
        order.struck().forEach(page -> visitors.comeAround(page, 2));
        if (answer != SimulatedReplica.Answer.APPLIED) {
            world.in(world.between(200 * World.MILLI, 2 * World.SECOND), () -> ask(order, tries + 1));
        }
    }
}
