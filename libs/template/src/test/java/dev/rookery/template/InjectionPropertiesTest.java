package dev.rookery.template;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is sent, for whatever cast, in whatever position: the statement keeps its structure, or is refused. */
class InjectionPropertiesTest {

    @Provide
    Arbitrary<String> hostile() {
        var pieces = Arbitraries.of(
                "'",
                "\"",
                "`",
                "\\",
                "\n",
                "\r",
                "\t",
                "\0",
                "-",
                "--",
                "/*",
                "*/",
                "//",
                "#",
                "# ",
                "$",
                "$a$",
                ";",
                ",",
                ".",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                "{{",
                "}}",
                "{%",
                "%}",
                "%",
                "‘",
                "’",
                "“",
                "”",
                " ",
                "\u00a0",
                "x",
                "b",
                "a",
                "1",
                "9",
                "0",
                "e",
                "OR",
                "UNION",
                "=",
                "\u2212",
                "é",
                "😀",
                "\ud800",
                "__no_value__");
        var random = pieces.list().ofMinSize(0).ofMaxSize(8).map(parts -> String.join("", parts));
        var numbers = Combinators.combine(
                        Arbitraries.longs().map(String::valueOf),
                        Arbitraries.doubles().map(String::valueOf))
                .as((a, b) -> a.length() % 2 == 0 ? a : b);
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(Injection.ATTACKS)),
                Tuple.of(5, random),
                Tuple.of(2, numbers),
                Tuple.of(1, Arbitraries.strings().all().ofMaxLength(12)));
    }

    @Provide
    Arbitrary<String> positions() {
        return Arbitraries.of(Injection.POSITIONS);
    }

    @Provide
    Arbitrary<String> casts() {
        return Arbitraries.of(Injection.CASTS.keySet());
    }

    @Property(tries = 15_000)
    @Label("text parameters never change the structure")
    void textParameters(
            @ForAll("positions") String position, @ForAll("casts") String cast, @ForAll("hostile") String value) {
        Injection.check(position, cast, ParameterValue.of(value));
    }

    @Property(tries = 5_000)
    @Label("JSON parameters never change the structure")
    void jsonParameters(
            @ForAll("positions") String position, @ForAll("casts") String cast, @ForAll("json") Object value) {
        Injection.check(position, cast, ParameterValue.ofJson(value));
    }

    @Provide
    Arbitrary<Object> json() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                hostile().map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.bigIntegers().map(number -> (Object) number),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.of(true, false).map(truth -> (Object) truth));
        return Arbitraries.oneOf(scalars, scalars.list().ofMaxSize(4).map(list -> (Object) list));
    }

    @Property(tries = 3_000)
    @Label("a text literal reads back as the text sent")
    void readsBack(@ForAll("hostile") String value) {
        var sql = Rendering.render("{{String(x)}}", "x", value);
        assertThat(ClickHouseTokens.of(sql)).singleElement().satisfies(token -> {
            assertThat(token.kind()).isEqualTo(ClickHouseTokens.Kind.STRING);
            assertThat(unescaped(token.text())).isEqualTo(value);
        });
    }

    private static String unescaped(String literal) {
        var text = new StringBuilder();
        for (var i = 1; i < literal.length() - 1; i++) {
            var c = literal.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            var escape = literal.charAt(++i);
            switch (escape) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'x' -> {
                    text.append((char) Integer.parseInt(literal.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }
}
