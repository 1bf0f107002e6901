package dev.weir.ssr.spell;

import io.r2dbc.spi.Readable;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The spells in SQL. Everything runs on the database's own bounded scheduler, since embedded H2 works where it is called. */
public final class SpellStore {
    /** How many spells a page of a list shows. */
    public static final int PAGE_SIZE = 24;

    private static final int RELATED = 5;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Scheduler scheduler;

    public SpellStore(DatabaseClient database, TransactionalOperator transaction, Scheduler scheduler) {
        this.database = database;
        this.transaction = transaction;
        this.scheduler = scheduler;
    }

    /** Returns the page of the list that the query asks for. */
    public Mono<SpellList> list(SpellQuery query) {
        SpellFilter filter = SpellFilter.of(query);
        return count(filter)
                .flatMap(total -> {
                    int pages = (int) Math.max(1, (total + PAGE_SIZE - 1) / PAGE_SIZE);
                    int page = Math.min(query.page(), pages);
                    return page(filter, query.sort(), page)
                            .map(spells -> new SpellList(query, spells, total, page, pages));
                })
                .as(transaction::transactional)
                .subscribeOn(scheduler);
    }

    private Mono<Long> count(SpellFilter filter) {
        return filter.bind(database.sql("SELECT COUNT(*) AS total FROM spell" + filter.where()))
                .map(row -> (Number) row.get("total"))
                .one()
                .map(Number::longValue);
    }

    private Mono<List<Spell>> page(SpellFilter filter, SpellQuery.Sort sort, int page) {
        String order = sort == SpellQuery.Sort.LEVEL ? "spell_level, name, id" : "name, id";
        String sql = "SELECT * FROM spell" + filter.where() + " ORDER BY " + order + " LIMIT :most OFFSET :skipped";
        return filter.bind(database.sql(sql))
                .bind("most", PAGE_SIZE)
                .bind("skipped", (page - 1) * PAGE_SIZE)
                .map(SpellStore::spell)
                .all()
                .collectList();
    }

    /** Returns the spell with others of its school; empty if there is none of that id. */
    public Mono<SpellDetail> find(String id) {
        return select(id, "")
                .flatMap(spell -> related(spell).map(related -> new SpellDetail(spell, related)))
                .as(transaction::transactional)
                .subscribeOn(scheduler);
    }

    private Mono<Spell> select(String id, String suffix) {
        return database.sql("SELECT * FROM spell WHERE id = :id" + suffix)
                .bind("id", id)
                .map(SpellStore::spell)
                .one();
    }

    private Mono<List<SpellRef>> related(Spell spell) {
        return database.sql("SELECT id, name, spell_level FROM spell WHERE school = :school AND id <> :id"
                        + " ORDER BY ABS(spell_level - :near), name, id LIMIT :most")
                .bind("school", spell.school().slug())
                .bind("id", spell.id())
                .bind("near", spell.level())
                .bind("most", RELATED)
                .map(row -> new SpellRef(text(row, "id"), text(row, "name"), level(row)))
                .all()
                .collectList();
    }

    /** Replaces the spell of that id and returns the change once it is committed; empty if there is no such spell. */
    public Mono<SpellChange> replace(Spell spell) {
        return select(spell.id(), " FOR UPDATE")
                .flatMap(before -> update(spell).thenReturn(new SpellChange(before, spell)))
                .as(transaction::transactional)
                .subscribeOn(scheduler);
    }

    private Mono<Long> update(Spell spell) {
        return database.sql("UPDATE spell SET name = :name, school = :school, spell_level = :level,"
                        + " casting_time = :castingTime, reach = :reach, components = :components,"
                        + " duration = :duration, description = :description WHERE id = :id")
                .bind("name", spell.name())
                .bind("school", spell.school().slug())
                .bind("level", spell.level())
                .bind("castingTime", spell.castingTime())
                .bind("reach", spell.range())
                .bind("components", spell.components())
                .bind("duration", spell.duration())
                .bind("description", spell.description())
                .bind("id", spell.id())
                .fetch()
                .rowsUpdated();
    }

    private static Spell spell(Readable row) {
        return new Spell(
                text(row, "id"),
                text(row, "name"),
                School.of(text(row, "school")).orElseThrow(),
                level(row),
                text(row, "casting_time"),
                text(row, "reach"),
                text(row, "components"),
                text(row, "duration"),
                text(row, "description"));
    }

    private static String text(Readable row, String column) {
        String value = row.get(column, String.class);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }

    private static int level(Readable row) {
        Integer value = row.get("spell_level", Integer.class);
        if (value == null) {
            throw new IllegalStateException("column spell_level is null");
        }
        return value;
    }
}
