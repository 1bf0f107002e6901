package dev.weir.loadtest.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One measurement's own origin, processes and folder. All of it ends with {@link #close()}, whoever calls it. */
public final class Rig implements AutoCloseable {
    private final Path folder;
    private final Children children;
    private final ScriptedOrigin origin = new ScriptedOrigin();
    private final Starting starting;

    /** Starts the origin alone. */
    public Rig() {
        try {
            folder = Files.createTempDirectory("weir-load-");
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot create a temporary folder", failed);
        }
        children = new Children(folder);
        starting = new Starting(folder, children, origin.port());
    }

    /** The origin that all contestants ask. */
    public ScriptedOrigin origin() {
        return origin;
    }

    /** Starts these gateways with a Redis, and returns once they are ready. */
    public Contestant weir(Fleet fleet) {
        return Gateways.start(starting, fleet);
    }

    /**
     * Starts the peers that are installed here, each ready for so many clients at once.
     *
     * @param absent gets the names of the others
     */
    public List<Contestant> peers(int clients, List<String> absent) {
        List<Contestant> found = new ArrayList<>();
        addTo(found, absent, "nginx", Nginx.start(starting, clients));
        addTo(found, absent, "Varnish", Varnish.start(starting, clients));
        return found;
    }

    private static void addTo(
            List<Contestant> found, List<String> absent, String name, Optional<Contestant> contestant) {
        contestant.ifPresentOrElse(found::add, () -> absent.add(name));
    }

    @Override
    public void close() {
        children.close();
        origin.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // A temporary folder: what stays there the system clears away.
        }
    }
}
