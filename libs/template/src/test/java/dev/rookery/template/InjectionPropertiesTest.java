package dev.rookery.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever is sent, for whatever cast, in whatever position: the statement keeps its structure, or is refused. */
class InjectionPropertiesTest {

    /** Positions of a value, marked with @. */
    private static final List<String> POSITIONS = List.of(
            "SELECT @",
            "SELECT * FROM t WHERE x = @ AND tenant = 1",
            "SELECT * FROM t WHERE x IN @ AND tenant = 1",
            "SELECT f(@, 1), [@, 2], (@,)",
            "SELECT a -@ AND tenant = 1",
            "SELECT a - @ AND tenant = 1",
            "SELECT -@",
            "SELECT a/@",
            "SELECT a /@/ b",
            "SELECT 1 -- @\n AND tenant = 1",
            "SELECT 1 // @\n AND tenant = 1",
            "SELECT 1 # @\n AND tenant = 1",
            "SELECT 1 #! @\n AND tenant = 1",
            "SELECT 1 /* @ */ AND tenant = 1",
            "SELECT 1 /* /* */ @ */ AND tenant = 1",
            "SELECT 1 /*@*/ AND tenant = 1",
            "SELECT 'pre @ post' AND tenant = 1",
            "SELECT '@' AND tenant = 1",
            "SELECT '''@''' AND tenant = 1",
            "SELECT '\\@' AND tenant = 1",
            "SELECT '\\\\@' AND tenant = 1",
            "SELECT `@` AND tenant = 1",
            "SELECT \"@\" AND tenant = 1",
            "SELECT \"a\"\"@\" AND tenant = 1",
            "SELECT $$ @ $$ AND tenant = 1",
            "SELECT $a$ @ $a$ AND tenant = 1",
            "SELECT $a@$ x $a1$ AND tenant = 1",
            "SELECT $a$ x $a$, @ AND tenant = 1",
            "SELECT a$b, @ AND tenant = 1",
            "SELECT 5$ @ AND tenant = 1 $",
            "SELECT @$ AND tenant = 1 $",
            "SELECT ‘@’ AND tenant = 1",
            "SELECT “@” AND tenant = 1",
            "SELECT ‘a’, @ AND tenant = 1",
            "SELECT x@ AND tenant = 1",
            "SELECT x@y AND tenant = 1",
            "SELECT b@ AND tenant = 1",
            "SELECT x'@' AND tenant = 1",
            "SELECT 1@ AND tenant = 1",
            "SELECT @x12 AND tenant = 1",
            "SELECT @e5 AND tenant = 1",
            "SELECT @.5 AND tenant = 1",
            "SELECT t.@ AND tenant = 1",
            "SELECT t.1.@ AND tenant = 1",
            "SELECT 'a'@ AND tenant = 1",
            "SELECT @'a' AND tenant = 1",
            "SELECT `a`@ AND tenant = 1",
            "SELECT @@ AND tenant = 1",
            "SELECT @ @ AND tenant = 1",
            "SELECT @, -@, @::String LIMIT @ OFFSET @",
            "SELECT [1]@ AND tenant = 1",
            "SELECT f(1) @ AND tenant = 1",
            "SELECT 1 {% if 1 %}-{% end %}{% if 1 %}- c\n{% end %}@ AND tenant = 1",
            "SELECT 1 {% if 1 %}/{% end %}{% if 1 %}* {% end %}@ */ AND tenant = 1",
            "SELECT x{% if 1 %}'{% end %}@{% if 1 %}'{% end %} AND tenant = 1",
            "SELECT {% if 1 %}'{% end %}@{% if 1 %}'{% end %} AND tenant = 1");

    /** Casts of the parameter x, and how a harmless value of each looks. */
    private static final Map<String, String> CASTS = Map.ofEntries(
            Map.entry("String(x)", "a"),
            Map.entry("x", "a"),
            Map.entry("String(x, 'd') + 'z'", "a"),
            Map.entry("Boolean(x)", "1"),
            Map.entry("Int8(x)", "1"),
            Map.entry("Int64(x)", "1"),
            Map.entry("Int(x)", "1"),
            Map.entry("Int256(x)", "1"),
            Map.entry("UInt64(x)", "1"),
            Map.entry("Int32(x) * 2", "1"),
            Map.entry("Float64(x)", "1"),
            Map.entry("Date(x)", "2024-01-01"),
            Map.entry("DateTime(x)", "2024-01-01 00:00:00"),
            Map.entry("DateTime64(x)", "2024-01-01 00:00:00.000"),
            Map.entry("Array(x, 'String')", "a,b"),
            Map.entry("Array(x, 'Int32')", "1,2"),
            Map.entry("Array(x, 'Float32')", "1,2"),
            Map.entry("Array(x, 'DateTime')", "2024-01-01 00:00:00"),
            Map.entry("split_to_array(x)", "a"),
            Map.entry("split_to_array(x)[0]", "a"),
            Map.entry("column(x)", "a"),
            Map.entry("columns(x)", "a"),
            Map.entry("symbol(x)", "a"),
            Map.entry("symbol(x, '\"')", "a"),
            Map.entry("JSON('[\"a\"]')[0] + x", "a"),
            Map.entry("sql_and(c__in=Array(x, 'String'), d__gt=String(x))", "a"),
            Map.entry("x.upper()", "a"),
            Map.entry("x.replace('a', \"'\")", "b"),
            Map.entry("{'k': x}.get('k')", "a"));

    private static final List<String> ATTACKS = List.of(
            "' OR 1=1 --",
            "\\",
            "\\' OR 1=1 --",
            "'; DROP TABLE t; --",
            "*/ UNION ALL SELECT * FROM secret /*",
            "\n UNION ALL SELECT 1 --",
            "\r\n--",
            "` FROM secret --",
            "\" FROM secret --",
            "$a$ UNION $a$",
            "$$",
            "’ OR 1=1 --",
            "” OR 1",
            "ʼ OR 1",
            "{{ tb_secret('s') }}",
            "{% end %}",
            "}} x {{",
            "-1",
            "--1",
            "- 1",
            "1e5",
            "-1e-5",
            "-0.0",
            "0x1F",
            "9223372036854775808",
            "-170141183460469231731687303715884105728",
            "1 OR 1=1",
            "1;SELECT 1",
            "nan",
            "NULL",
            "a,b'",
            "a.b",
            "a.b,c",
            "FROM",
            "t`.`x",
            "\0",
            "''",
            "'",
            ",",
            "",
            "2024-01-01 00:00:00",
            "20240101",
            "2024-01-01T00:00:00+02:00",
            "2024-01-01'",
            "\ud800",
            "x'41'");

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
                Tuple.of(3, Arbitraries.of(ATTACKS)),
                Tuple.of(5, random),
                Tuple.of(2, numbers),
                Tuple.of(1, Arbitraries.strings().all().ofMaxLength(12)));
    }

    @Provide
    Arbitrary<String> positions() {
        return Arbitraries.of(POSITIONS);
    }

    @Provide
    Arbitrary<String> casts() {
        return Arbitraries.of(CASTS.keySet());
    }

    @Property(tries = 15_000)
    @Label("text parameters never change the structure")
    void textParameters(
            @ForAll("positions") String position, @ForAll("casts") String cast, @ForAll("hostile") String value) {
        check(position, cast, ParameterValue.of(value));
    }

    @Property(tries = 5_000)
    @Label("JSON parameters never change the structure")
    void jsonParameters(
            @ForAll("positions") String position, @ForAll("casts") String cast, @ForAll("json") Object value) {
        check(position, cast, ParameterValue.ofJson(value));
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

    /** Renders with the value and with a harmless one: both must lex to the same structure, or be refused. */
    private static void check(String position, String cast, ParameterValue value) {
        var template = Template.compile("%" + position.replace("@", "{{" + cast + "}}"), "n");
        // What is rendered without a cast is a number if a number is sent.
        var isNumber = !cast.contains("(x") && Numbers.isNumber(value.value());
        var harmless = rendered(
                template, isNumber ? ParameterValue.ofJson(1) : ParameterValue.of(CASTS.getOrDefault(cast, "a")));
        var attacked = rendered(template, value);
        if (attacked == null) {
            return;
        }
        if (harmless == null) {
            harmless = rendered(template, ParameterValue.of("1"));
        }
        var isList = value.toString().startsWith("[");
        if (harmless == null || (isList && !cast.contains("(x"))) {
            // The position takes no value of this cast, or the value is a list that the template passes on as it is.
            harmless = attacked;
        }
        assertThat(shape(attacked)).as(attacked).isEqualTo(shape(harmless));
    }

    /** Wide integers and identifiers may have several parts, which hold nothing but literals and quoted names. */
    private static List<String> shape(String sql) {
        var joined = String.join(" ", ClickHouseTokens.structure(sql));
        return List.of(joined.replaceAll("`\\?`( [.,] `\\?`)+", "`?`").split(" "));
    }

    private static @Nullable String rendered(Template template, ParameterValue value) {
        try {
            return template.render(RenderRequest.of(Map.of("x", value)).withSecrets(_ -> Optional.of("SECRET")))
                    .sql();
        } catch (TemplateException refused) {
            assertThat(refused.kind()).isEqualTo(TemplateException.Kind.INVALID_VALUE);
            return null;
        }
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
