package dev.weir.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.StructuredFields.Bare;
import dev.weir.gateway.http.StructuredFields.Bool;
import dev.weir.gateway.http.StructuredFields.Bytes;
import dev.weir.gateway.http.StructuredFields.Date;
import dev.weir.gateway.http.StructuredFields.Decimal;
import dev.weir.gateway.http.StructuredFields.DisplayText;
import dev.weir.gateway.http.StructuredFields.InnerList;
import dev.weir.gateway.http.StructuredFields.Int;
import dev.weir.gateway.http.StructuredFields.Item;
import dev.weir.gateway.http.StructuredFields.Text;
import dev.weir.gateway.http.StructuredFields.Token;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9651: structured fields")
class StructuredFieldsTest {

    static Stream<Arguments> bares() {
        return Stream.of(
                Arguments.of("42", new Int(42)),
                Arguments.of("-042", new Int(-42)),
                Arguments.of("999999999999999", new Int(999_999_999_999_999L)),
                Arguments.of("-1.500", new Decimal(new BigDecimal("-1.500"))),
                Arguments.of("123456789012.123", new Decimal(new BigDecimal("123456789012.123"))),
                Arguments.of("\"a \\\"b\\\\\"", new Text("a \"b\\")),
                Arguments.of("\"\"", new Text("")),
                Arguments.of("a:/%b*", new Token("a:/%b*")),
                Arguments.of("*", new Token("*")),
                Arguments.of("Ab", new Token("Ab")),
                Arguments.of(":aGk=:", new Bytes("aGk=")),
                Arguments.of("::", new Bytes("")),
                Arguments.of(":+/9:", new Bytes("+/9")),
                Arguments.of("?1", new Bool(true)),
                Arguments.of("?0", new Bool(false)),
                Arguments.of("@1659578233", new Date(1659578233L)),
                Arguments.of("%\"f%c3%bc!\"", new DisplayText("fü!")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bares")
    @DisplayName("§4.2.3.1: bare values")
    void bare(String text, Bare expected) {
        assertThat(StructuredFields.list(text)).containsExactly(new Item(expected, Map.of()));
    }

    @ParameterizedTest(name = "<{0}>")
    @ValueSource(
            strings = {
                "-",
                "--1",
                "1.",
                "-.5",
                ".5",
                "1.1234",
                "1234567890123.1",
                "1000000000000000",
                "1.2.3",
                "\"a",
                "\"a\\",
                "\"a\\b\"",
                "\"a\u007f\"",
                "\"ü\"",
                "\"\t\"",
                ":a",
                ":a b:",
                ":a_b:",
                ":a-b:",
                "?",
                "?2",
                "?t",
                "@",
                "@1.5",
                "@a",
                "%a",
                "%\"a",
                "%\"%C3\"",
                "%\"%c\"",
                "%\"%c3\"",
                "%\"ü\"",
                "%\"\t\"",
                "%\"%",
                "&",
                "=",
                "a,",
                "a,,b",
                ",a",
                "a b",
                "a\t",
                "\ta",
                "(a",
                "(a,b)",
                "(a\"b\")",
                "(a;)",
                "()x",
                "a;",
                "a;=1",
                "a;A=1",
                "a;b=",
                "a; =1",
                "é"
            })
    @DisplayName("§4.2: one error fails the whole field")
    void malformed(String text) {
        if (text.equals("a\t")) {
            assertThat(StructuredFields.list(text)).hasSize(1); // §4.2.1 discards OWS after a member
            return;
        }
        assertThat(StructuredFields.list(text)).isNull();
    }

    @Nested
    @DisplayName("§4.2.1: lists")
    class Lists {

        @Test
        @DisplayName("members, inner lists, and the parameters of both")
        void members() {
            Item one = new Item(new Token("a"), Map.of("x", new Int(1), "y", new Bool(true)));
            InnerList inner = new InnerList(
                    List.of(new Item(new Text("b"), Map.of("q", new Bool(false))), new Item(new Int(2), Map.of())),
                    Map.of("z", new Token("t")));

            assertThat(StructuredFields.list("  a;x=0;y; x=1 \t,\t( \"b\";q=?0   2 );z=t  "))
                    .containsExactly(one, inner);
        }

        @Test
        @DisplayName("empty")
        void empty() {
            assertThat(StructuredFields.list("")).isEmpty();
            assertThat(StructuredFields.list("   ")).isEmpty();
            assertThat(StructuredFields.list("()")).containsExactly(new InnerList(List.of(), Map.of()));
        }
    }

    @Nested
    @DisplayName("§4.2.2: dictionaries")
    class Dictionaries {

        @Test
        @DisplayName("keys without a value are true; the last of a repeated key counts")
        void members() {
            assertThat(StructuredFields.dictionary("a=1, b;x, *c_-.9=(1 2), a=3"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "a", new Item(new Int(3), Map.of()),
                            "b", new Item(new Bool(true), Map.of("x", new Bool(true))),
                            "*c_-.9",
                                    new InnerList(
                                            List.of(new Item(new Int(1), Map.of()), new Item(new Int(2), Map.of())),
                                            Map.of())));
        }

        @ParameterizedTest
        @ValueSource(strings = {"A=1", "1=a", "a=", "a =1", "a= 1", "a=1,", "a=1 b=2", "=", "a=1;", "a==1", "-a"})
        @DisplayName("are strict")
        void malformed(String text) {
            assertThat(StructuredFields.dictionary(text)).isNull();
        }

        @Test
        @DisplayName("empty")
        void empty() {
            assertThat(StructuredFields.dictionary("")).isEmpty();
        }
    }

    @Nested
    @DisplayName("§4.1: serialising")
    class Serialising {

        @Test
        @DisplayName("strings are escaped, what they can't hold is replaced")
        void strings() {
            assertThat(StructuredFields.quoted("a\"b\\cé\n")).isEqualTo("\"a\\\"b\\\\c??\"");
        }

        @Test
        @DisplayName("tokens where they can be")
        void tokens() {
            assertThat(StructuredFields.tokenOrQuoted("a-b:/*")).isEqualTo("a-b:/*");
            assertThat(StructuredFields.tokenOrQuoted("*a")).isEqualTo("*a");
            assertThat(StructuredFields.tokenOrQuoted("")).isEqualTo("\"\"");
            assertThat(StructuredFields.tokenOrQuoted("1a")).isEqualTo("\"1a\"");
            assertThat(StructuredFields.tokenOrQuoted("a b")).isEqualTo("\"a b\"");
        }
    }
}
