package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what changed from table to table")
class TableChangesTest {

    private static final Route A = Route.toOrigin("a", "/a", "blog");
    private static final Route A2 = Route.toOrigin("a", "/a/**", "blog");
    private static final Route B = Route.toOrigin("b", "/b", "blog");
    private static final Route C = Route.toOrigin("c", "/c", "blog");
    private static final OriginSpec BLOG = OriginSpec.of("blog", "http://127.0.0.1:8081");
    private static final OriginSpec BLOG2 = OriginSpec.of("blog", "http://127.0.0.1:9999");
    private static final OriginSpec SSR = OriginSpec.of("ssr", "http://127.0.0.1:8082");

    private static RouteTable table(List<OriginSpec> origins, Route... routes) {
        return new RouteTable("test", Arrays.asList(routes), origins);
    }

    @Test
    @DisplayName("names what came, went and means something else now")
    void namesThem() {
        TableChanges changes = TableChanges.between(table(List.of(BLOG, SSR), A, B), table(List.of(BLOG2), C, A2));

        assertThat(changes.none()).isFalse();
        assertThat(changes).hasToString("routes +c -b ~a; origins -ssr ~blog");
    }

    @Test
    @DisplayName("tells of another order only among routes that both have")
    void tellsOfOrder() {
        RouteTable before = table(List.of(BLOG), A, B);

        assertThat(TableChanges.between(before, table(List.of(BLOG), B, A))).hasToString("routes in another order");
        assertThat(TableChanges.between(before, table(List.of(BLOG), C, A, B))).hasToString("routes +c");
    }

    @Test
    @DisplayName("is nothing between equal tables")
    void isNothing() {
        TableChanges changes = TableChanges.between(table(List.of(BLOG), A, B), table(List.of(BLOG), A, B));

        assertThat(changes.none()).isTrue();
        assertThat(changes).hasToString("nothing");
    }
}
