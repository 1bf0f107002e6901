package dev.weir.ssr;

import dev.weir.ssr.spell.Spell;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.connection.init.ResourceDatabasePopulator;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Opening the database: a bounded pool, the tables, and the first spells if there are none yet. */
final class Spellbook {
    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private Spellbook() {}

    static ConnectionPool open(String url, JsonMapper mapper) {
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(url))
                .name("spellbook")
                .initialSize(0)
                .maxSize(CONNECTIONS)
                .maxAcquireTime(PATIENCE)
                .build());
        DatabaseClient database = DatabaseClient.create(pool);
        Mono<Void> tables = new ResourceDatabasePopulator(new ClassPathResource("schema.sql")).populate(pool);
        Mono<Void> spells = count(database)
                .filter(total -> total == 0)
                .flatMapMany(none -> Flux.fromArray(firstSpells(mapper)))
                .concatMap(spell -> insert(database, spell))
                .then();
        // At start-up, on the main thread: there is nothing to serve before this is done.
        tables.then(spells).block(START_PATIENCE);
        return pool;
    }

    private static Mono<Long> count(DatabaseClient database) {
        return database.sql("SELECT COUNT(*) AS total FROM spell")
                .map(row -> (Number) row.get("total"))
                .one()
                .map(Number::longValue);
    }

    private static Spell[] firstSpells(JsonMapper mapper) {
        try (InputStream stream = new ClassPathResource("spells.json").getInputStream()) {
            return mapper.readValue(stream, Spell[].class);
        } catch (IOException e) {
            throw new UncheckedIOException("spells.json is not readable", e);
        }
    }

    private static Mono<Void> insert(DatabaseClient database, Spell spell) {
        return database.sql("INSERT INTO spell (id, name, school, spell_level, casting_time, reach, components,"
                        + " duration, description) VALUES (:id, :name, :school, :level, :castingTime, :reach,"
                        + " :components, :duration, :description)")
                .bind("id", spell.id())
                .bind("name", spell.name())
                .bind("school", spell.school().slug())
                .bind("level", spell.level())
                .bind("castingTime", spell.castingTime())
                .bind("reach", spell.range())
                .bind("components", spell.components())
                .bind("duration", spell.duration())
                .bind("description", spell.description())
                .then();
    }
}
