package dev.weir.ssr;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.connection.init.ResourceDatabasePopulator;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Opening the database: a bounded pool, the tables, and the first spells if there are none yet. */
final class Spellbook {
    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private Spellbook() {}

    static ConnectionPool open(String url) {
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(url))
                .name("spellbook")
                .initialSize(0)
                .maxSize(CONNECTIONS)
                .maxAcquireTime(PATIENCE)
                .build());
        fill(pool);
        return pool;
    }

    private static void fill(ConnectionPool pool) {
        Mono<Void> tables = script("schema.sql").populate(pool);
        Mono<Void> spells = DatabaseClient.create(pool)
                .sql("SELECT COUNT(*) AS total FROM spell")
                .map(row -> (Number) row.get("total"))
                .one()
                .filter(total -> total.longValue() == 0)
                .flatMap(none -> script("seed.sql").populate(pool));
        // At start-up, on the main thread: there is nothing to serve before this is done.
        tables.then(spells).block(START_PATIENCE);
    }

    private static ResourceDatabasePopulator script(String name) {
        return new ResourceDatabasePopulator(new ClassPathResource(name));
    }
}
