package dev.rookery.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values in every position and through every cast, and the check that they leave a statement its structure. */
final class Injection {

    /** Positions of a value, marked with @. */
    static final List<String> POSITIONS = List.of(
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
    static final Map<String, String> CASTS = Map.ofEntries(
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

    static final List<String> ATTACKS = List.of(
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

    private Injection() {}

    /** Renders with the value and with a harmless one: both must lex to the same structure, or be refused. */
    static void check(String position, String cast, ParameterValue value) {
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
}
