package dev.rookery.template;

import static dev.rookery.template.Rendering.failure;
import static dev.rookery.template.Rendering.parameters;
import static dev.rookery.template.Rendering.render;
import static dev.rookery.template.Rendering.renderJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the template language's contract, by id. */
class TemplateContractTest {

    @Nested
    class Language {
        @Test
        @DisplayName("TPL-01 output and control tags, with Python expressions in them")
        void engine() {
            assertThat(render("SELECT {{ 1 + 2 * 3 }}{% if 'a' in ['a'] and not False %}, {{'x'.upper()}}{% end %}"))
                    .isEqualTo("SELECT 7, 'X'");
        }

        @Test
        @DisplayName("TPL-01 braces that open no tag are SQL")
        void braces() {
            assertThat(render("SELECT {'a': 1}, {p:Int8} {")).isEqualTo("SELECT {'a': 1}, {p:Int8} {");
            assertThat(render("{{!x}} {%! if %} {#! y #}")).isEqualTo("{{x}} {% if %} {# y #}");
        }

        @ParameterizedTest
        @DisplayName("TPL-02 without a leading % the SQL is literal")
        @ValueSource(strings = {"SELECT {{x}}", "SELECT 1 % 2", "", "-- c\n% {{x}}"})
        void literal(String sql) {
            var template = Template.compile(sql, "n");
            assertThat(template.isTemplate()).isFalse();
            assertThat(template.parameters()).isEmpty();
            assertThat(template.render(RenderRequest.of(parameters())).sql()).isEqualTo(sql);
        }

        @ParameterizedTest
        @DisplayName("TPL-02 % as the first character that is not blank makes a template")
        @ValueSource(
                strings = {
                    "%SELECT {{1}}",
                    "%\nSELECT {{1}}",
                    "% SELECT {{1}}",
                    "   %\n   SELECT {{1}}",
                    "\n\t%SELECT {{1}}"
                })
        void activation(String sql) {
            assertThat(Template.compile(sql, "n")
                            .render(RenderRequest.of(parameters()))
                            .sql()
                            .strip())
                    .isEqualTo("SELECT 1");
        }

        @Test
        @DisplayName("TPL-03 a cast takes a name, a default and keywords")
        void pattern() {
            var template = "LIMIT {{Int32(lim, 10, description=\"Limit the number of rows\", required=False)}}";
            assertThat(render(template)).isEqualTo("LIMIT 10");
            assertThat(render(template, "lim", "20")).isEqualTo("LIMIT 20");
        }

        @ParameterizedTest
        @DisplayName("TPL-04 if, elif and else")
        @CsvSource({"a,1", "b,2", "c,3", ",3"})
        void choice(String value, String expected) {
            var template = "{% if x == 'a' %}1{% elif x in ['b', 'bb'] %}2{% else %}3{% end %}";
            assertThat(value == null ? render(template) : render(template, "x", value))
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("TPL-04 bare variables in conditions, sent or not")
        void bareVariables() {
            var template = "{% if method != 'All' %}AND method = {{String(method,'POST')}}{% end %}";
            assertThat(render(template)).isEqualTo("AND method = 'POST'");
            assertThat(render(template, "method", "All")).isEmpty();
            var device = "{% if defined(device) and device not in ['Android', 'iPhone'] %}{{error('bad')}}{% end %}ok";
            assertThat(render(device)).isEqualTo("ok");
            assertThat(render(device, "device", "iPhone")).isEqualTo("ok");
            assertThat(failure(device, "device", "Nokia")).hasMessage("bad");
        }

        @Test
        @DisplayName("TPL-05 for over JSON, and with unpacking")
        void loops() {
            assertThat(render(
                            "{% for item in JSON(filters,'[]') %}{{item.get('v')}};{% end %}",
                            "filters", "[{\"v\":1},{\"v\":\"a\"}]"))
                    .isEqualTo("1;'a';");
            assertThat(render("{% for _last, _x in enumerate_with_last(split_to_array(a, 'x,y')) %}"
                            + "{{symbol(_x)}}{% if not _last %}, {% end %}{% end %}"))
                    .isEqualTo("`x`, `y`");
        }

        @Test
        @DisplayName("TPL-06 set overrides the parameter, None undefines it")
        void assignment() {
            assertThat(render("{% set a = 20 %}{{Float32(a)}}", "a", "1")).isEqualTo("20.0");
            assertThat(render("{% set a=None %}{% if defined(a) %}x{% end %}", "a", "1"))
                    .isEmpty();
            assertThat(render("{% set a = 1 %}\n{% set b = a + 1 %}\n{{b}}")).isEqualTo("\n\n2");
            assertThat(render("{% set a, b = 1, 'z' %}{% set a += 4 %}{{a}} {{b}}"))
                    .isEqualTo("5 'z'");
        }

        @Test
        @DisplayName("TPL-07 comments need no closing tag and may hold anything")
        void comments() {
            assertThat(render("a{% comment it's {{ not closed %}b{# x #}c")).isEqualTo("abc");
        }

        @Test
        @DisplayName("TPL-08 typed values are numbers in arithmetic")
        void arithmetic() {
            var template = "OFFSET {{Int32(page, 0) * Int32(page_size, 100)}}";
            assertThat(render(template)).isEqualTo("OFFSET 0");
            assertThat(render(template, "page", "3", "page_size", "7")).isEqualTo("OFFSET 21");
        }

        @Test
        @DisplayName("TPL-09 methods on JSON objects; a bare value is a literal")
        void methods() {
            var template = "{% for i in JSON(f, '[]') %}{% if i.get('operator', '') == 'equals' %}"
                    + "AND {{ column(i.get('operand', '')) }} == {{ i.get('value', '') }}{% end %}{% end %}";
            assertThat(render(template, "f", "[{\"operand\":\"d\",\"operator\":\"equals\",\"value\":\"o'x\"}]"))
                    .isEqualTo("AND `d` == 'o\\'x'");
            assertThat(render(template)).isEmpty();
        }

        @Test
        @DisplayName("TPL-10 SQL functions do not exist inside a tag")
        void noSqlFunctions() {
            assertThat(failure("SELECT {{ toDate(x) }}").getMessage())
                    .startsWith("Template Syntax Error: 'toDate' is not a template function")
                    .contains("node n, line 1");
        }
    }

    @Nested
    class Functions {
        @Test
        @DisplayName("TPL-11 defined")
        void defined() {
            var template = "{% if defined(p) %}y{% else %}n{% end %}";
            assertThat(render(template)).isEqualTo("n");
            assertThat(render(template, "p", "")).isEqualTo("y");
            assertThat(renderJson(template, "p", null)).isEqualTo("n");
            assertThat(render("{% if defined(String(p)) %}y{% else %}n{% end %}"))
                    .isEqualTo("n");
            assertThat(render("{% if defined(from) and from == 'mcp' %}y{% end %}", "from", "mcp"))
                    .isEqualTo("y");
        }

        @Test
        @DisplayName("TPL-12 column renders an identifier, its default or a placeholder")
        void column() {
            assertThat(render("ORDER BY {{column(o, 'ts')}}")).isEqualTo("ORDER BY `ts`");
            assertThat(render("ORDER BY {{column(o, 'ts')}}", "o", "t.x")).isEqualTo("ORDER BY `t`.`x`");
            assertThat(render("ORDER BY {{column(o)}}")).isEqualTo("ORDER BY `__no_value__`");
        }

        @ParameterizedTest
        @DisplayName("TPL-12 column takes identifiers only")
        @ValueSource(
                strings = {"a b", "a`", "a;b", "count()", "", "a..b", ".a", "a.", "a-b", "ä", "a\\", "1+1", "a,b", "a'b"
                })
        void columnRefuses(String name) {
            assertThat(failure("{{column(o)}}", "o", name).kind()).isEqualTo(TemplateException.Kind.INVALID_VALUE);
            assertThat(failure("{{symbol(o)}}", "o", name).kind()).isEqualTo(TemplateException.Kind.INVALID_VALUE);
        }

        @Test
        @DisplayName("TPL-13 columns")
        void columns() {
            assertThat(render("{{columns(c, 'date, user_id,event')}}")).isEqualTo("`date`,`user_id`,`event`");
            assertThat(render("{{columns(c, 'd')}}", "c", "name,age")).isEqualTo("`name`,`age`");
            assertThat(failure("{{columns(c)}}", "c", "a,b c").getMessage()).contains("'b c'");
        }

        @Test
        @DisplayName("TPL-14 symbol, quoted even where no quotes are asked for")
        void symbol() {
            assertThat(render("{{symbol(x)}}", "x", "FROM")).isEqualTo("`FROM`");
            assertThat(render("{{symbol(x, '')}}", "x", "FROM")).isEqualTo("`FROM`");
            assertThat(render("{{symbol(x, '\"')}}", "x", "a")).isEqualTo("\"a\"");
        }

        @Test
        @DisplayName("TPL-15 date_diff_in_seconds with its formats")
        void dateDiff() {
            assertThat(render("{{date_diff_in_seconds('2022-12-19 18:42:22', '2022-12-19 18:42:32')}}"))
                    .isEqualTo("10");
            assertThat(render("{{date_diff_in_seconds('2022-12-19T18:42:23.521Z', '2022-12-19T18:42:24.531Z',"
                            + " date_format='%Y-%m-%dT%H:%M:%S.%fz')}}"))
                    .isEqualTo("1");
            assertThat(render("{{date_diff_in_seconds('2022-12-20', '2022-12-19 00:00:00',"
                            + " backup_date_format='%Y-%m-%d')}}"))
                    .isEqualTo("86400");
            assertThat(render("{% if date_diff_in_seconds('x', 'y', none_if_error=True) is None %}none{% end %}"))
                    .isEqualTo("none");
            assertThat(failure("{{date_diff_in_seconds(a, b)}}", "a", "x", "b", "y")
                            .getMessage())
                    .contains("'x' does not match format '%Y-%m-%d %H:%M:%S'");
            assertThat(render("{% if date_diff_in_seconds(a, b) < 3600 %}y{% end %}"))
                    .isEqualTo("y");
        }

        @ParameterizedTest
        @DisplayName("TPL-16 minutes, hours and days")
        @CsvSource({"date_diff_in_minutes,2880", "date_diff_in_hours,48"})
        void otherUnits(String function, String expected) {
            assertThat(render("{{" + function + "('2024-03-01 00:00:00', '2024-02-28 00:00:00')}}"))
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @DisplayName("TPL-16 days read dates by default")
        @ValueSource(strings = {"date_diff_in_days", "day_diff"})
        void days(String function) {
            assertThat(render("{{" + function + "('2024-02-28', '2024-03-01')}}"))
                    .isEqualTo("2");
        }

        @Test
        @DisplayName("TPL-17 split_to_array renders an array of strings and can be looped over")
        void splitToArray() {
            assertThat(render("{{split_to_array(code, '1, 2')}}")).isEqualTo("['1','2']");
            assertThat(render("{{split_to_array(code, '')}}")).isEqualTo("[]");
            assertThat(render("{{split_to_array(String(p, 'hi, how are you|fine thanks'), separator='|')}}"))
                    .isEqualTo("['hi, how are you','fine thanks']");
            assertThat(render("{% for v in split_to_array(code) %}{{v}} {% end %}", "code", "a,b"))
                    .isEqualTo("'a' 'b' ");
        }

        @Test
        @DisplayName("TPL-18 enumerate_with_last")
        void enumerateWithLast() {
            assertThat(render(
                            "{% for last, x in enumerate_with_last([1,2]) %}{{x}}{% if not last %},{% end %}{% end %}"))
                    .isEqualTo("1,2");
        }

        @Test
        @DisplayName("TPL-19 sql_and drops what is not defined")
        void sqlAnd() {
            var template = "AND {{sql_and(param__in=Array(param, 'Int32', defined=False),"
                    + " param2__not_in=Array(param2_not_in, 'String', defined=False))}}";
            assertThat(render(template, "param", "1,2", "param2_not_in", "ab,bc,cd"))
                    .isEqualTo("AND param  IN [1,2] AND param2 NOT IN ['ab','bc','cd']");
            assertThat(render(template, "param", "1,2")).isEqualTo("AND param  IN [1,2]");
            assertThat(render(template)).isEqualTo("AND 1");
            assertThat(render("{{sql_and(a__gt=Int8(a), b__lt=2, c__gte=3, d__lte='x')}}", "a", "-1"))
                    .isEqualTo("a > -1 AND b < 2 AND c >= 3 AND d <= 'x'");
            assertThat(failure("{{sql_and(a=1)}}").kind()).isEqualTo(TemplateException.Kind.SYNTAX);
        }

        @Test
        @DisplayName("TPL-20 JSON")
        void json() {
            assertThat(render("{{JSON(x).get('a')[1].get('b')}}", "x", "{\"a\":[0,{\"b\":\"\\u0041\\n\"}]}"))
                    .isEqualTo("'A\\n'");
            assertThat(failure("{% for x in JSON(x) %}{% end %}", "x", "{").getMessage())
                    .startsWith("Template Syntax Error: Error validating '{' to type JSON");
            assertThat(renderJson("{{JSON(x)[0]}}", "x", List.of(7))).isEqualTo("7");
        }

        @Test
        @DisplayName("TPL-21 error stops with 400 and its text")
        void error() {
            var error = failure("{% if not defined(f) %}{{ error('f is required') }}{% end %}");
            assertThat(error).hasMessage("f is required");
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.kind()).isEqualTo(TemplateException.Kind.ERROR);
            assertThat(error.line()).isEqualTo(1);
        }

        @Test
        @DisplayName("TPL-22 custom_error sends its object and status")
        void customError() {
            var error = failure("{{custom_error({'error_id': 10001, 'error': 'no \"f\"', 'x': [1.5, True, None]})}}");
            assertThat(error.body())
                    .isEqualTo("{\"error_id\": 10001, \"error\": \"no \\\"f\\\"\", \"x\": [1.5, true, null]}");
            assertThat(error.status()).isEqualTo(400);
            assertThat(failure("{{custom_error({'a': {'b': 1}}, 403)}}").status())
                    .isEqualTo(403);
            assertThat(failure("{{custom_error({}, 200)}}").kind()).isEqualTo(TemplateException.Kind.INVALID_VALUE);
        }

        @Test
        @DisplayName("TPL-23 errors are raised wherever they stand")
        void errorAnywhere() {
            assertThat(failure("SELECT 1 {{error('late')}}")).hasMessage("late");
        }

        @Test
        @DisplayName("TPL-24 max_threads emits no SQL")
        void maxThreads() {
            var rendered =
                    Template.compile("%\n{{max_threads(1)}}SELECT 1", "n").render(RenderRequest.of(parameters()));
            assertThat(rendered.sql()).isEqualTo("\nSELECT 1");
            assertThat(rendered.maxThreads()).hasValue(1);
            assertThat(failure("{{max_threads(0)}}").kind()).isEqualTo(TemplateException.Kind.INVALID_VALUE);
        }

        @Test
        @DisplayName("TPL-25 tb_secret is a string; its name is spelled out")
        void secrets() {
            var template = Template.compile("%{{tb_secret('a')}} {{tb_secret('b', 'x')}} {{tb_var('v')}}", "n");
            assertThat(template.secrets()).containsExactlyInAnyOrder("a", "b");
            var request = RenderRequest.of(parameters())
                    .withSecrets(name -> name.equals("a") ? Optional.of("s'e") : Optional.empty())
                    .withVariables(Optional::of);
            assertThat(template.render(request).sql()).isEqualTo("'s\\'e' 'x' 'v'");
            assertThat(failure("{{tb_secret('a')}}").getMessage()).contains("The secret 'a' is not set");
            assertThat(failure("{{tb_secret(x)}}", "x", "a").kind()).isEqualTo(TemplateException.Kind.SYNTAX);
            assertThat(failure("{{tb_secret(String(x))}}", "x", "a").kind()).isEqualTo(TemplateException.Kind.SYNTAX);
        }
    }

    @Nested
    class Casts {
        @ParameterizedTest
        @DisplayName("TPL-26 Boolean")
        @CsvSource({"True,1", "TRUE,1", "true,1", "1,1", "False,0", "FALSE,0", "false,0", "0,0"})
        void booleans(String sent, String expected) {
            assertThat(render("{{Boolean(x)}}", "x", sent)).isEqualTo(expected);
            assertThat(render("{{Boolean(x, True)}}")).isEqualTo("1");
            assertThat(renderJson("{{Boolean(x)}}", "x", true)).isEqualTo("1");
            assertThat(renderJson("{{Boolean(x)}}", "x", 0)).isEqualTo("0");
            assertThat(failure("{{Boolean(x)}}", "x", "yes").getMessage())
                    .startsWith("Template Syntax Error: Error validating 'yes' to type Boolean");
        }

        @Test
        @DisplayName("TPL-27 String is quoted and escaped")
        void strings() {
            assertThat(render("{{String(x, 'US')}}")).isEqualTo("'US'");
            assertThat(render("{{String(x)}}", "x", "a'b\\c\n\r\t\0\u001f$é’"))
                    .isEqualTo("'a\\'b\\\\c\\n\\r\\t\\x00\\x1f$é’'");
            assertThat(render("{{String(x, 'US')}}", "x", "")).isEqualTo("''");
            assertThat(renderJson("{{String(x)}}", "x", 5)).isEqualTo("'5'");
        }

        @ParameterizedTest
        @DisplayName("TPL-28 dates in every form that clients send")
        @CsvSource({
            "Date,20250501,2025-05-01",
            "Date,2025-05-01,2025-05-01",
            "Date,2025-05-01T10:00:00,2025-05-01",
            "DateTime,2024-01-01 01:02:03,2024-01-01 01:02:03",
            "DateTime,2024-01-01T01:02:03,2024-01-01 01:02:03",
            "DateTime,2024-01-01T01:02:03.456Z,2024-01-01 01:02:03",
            "DateTime,2024-01-01T01:02:03+02:00,2023-12-31 23:02:03",
            "DateTime,2024-01-01,2024-01-01 00:00:00",
            "DateTime64,2024-01-01 01:02:03.456,2024-01-01 01:02:03.456",
            "DateTime64,2024-01-01 01:02:03.456789,2024-01-01 01:02:03.456789",
            "DateTime64,2024-01-01T01:02:03,2024-01-01 01:02:03"
        })
        void dates(String type, String sent, String expected) {
            assertThat(render("{{" + type + "(x)}}", "x", sent)).isEqualTo("'" + expected + "'");
        }

        @ParameterizedTest
        @DisplayName("TPL-28 what is no date is refused")
        @ValueSource(strings = {"", "now()", "2024-02-30", "2024-13-01", "2024-01-01 25:00:00", "2024-01-01'", "1"})
        void noDates(String sent) {
            for (var type : List.of("Date", "DateTime", "DateTime64")) {
                assertThat(failure("{{" + type + "(x)}}", "x", sent).getMessage())
                        .contains("to type " + type);
            }
        }

        @ParameterizedTest
        @DisplayName("TPL-29 floats")
        @CsvSource({
            "1.5,1.5",
            "1,1.0",
            "-0.25,-0.25",
            "1e20,1e+20",
            "0.00001,1e-05",
            "1e16,1e+16",
            "123456789.125,123456789.125"
        })
        void floats(String sent, String expected) {
            assertThat(render("{{Float32(x)}}, {{Float64(x)}}", "x", sent)).isEqualTo(expected + ", " + expected);
        }

        @ParameterizedTest
        @DisplayName("TPL-29 what is no finite number is refused")
        @ValueSource(strings = {"nan", "inf", "1e999", "abc", "1,5", "0x10", "1f", "1_0"})
        void noFloats(String sent) {
            assertThat(failure("{{Float32(x)}}", "x", sent).getMessage()).contains("to type Float32");
        }

        @Test
        @DisplayName("TPL-30 Int and Integer of any precision")
        void anyPrecision() {
            var big = "123456789012345678901234567890";
            assertThat(render("{{Int(x)}} {{Integer(x)}}", "x", big)).isEqualTo(big + " " + big);
        }

        @ParameterizedTest
        @DisplayName("TPL-31 integers are held to their range")
        @CsvSource({
            "Int8,-128,127",
            "Int16,-32768,32767",
            "Int32,-2147483648,2147483647",
            "Int64,-9223372036854775808,9223372036854775807",
            "UInt8,0,255",
            "UInt16,0,65535",
            "UInt32,0,4294967295",
            "UInt64,0,18446744073709551615"
        })
        void ranges(String type, String lowest, String highest) {
            var template = "{{" + type + "(x)}}";
            assertThat(render(template, "x", lowest)).isEqualTo(lowest);
            assertThat(render(template, "x", highest)).isEqualTo(highest);
            for (var beyond : List.of("-9223372036854775809", "18446744073709551616", "1.5", "x", "1;")) {
                assertThat(failure(template, "x", beyond).getMessage())
                        .startsWith("Template Syntax Error: Error validating '" + beyond + "' to type " + type);
            }
        }

        @ParameterizedTest
        @DisplayName("TPL-31 wide integers keep their digits")
        @CsvSource({"Int128,127", "Int256,255", "UInt128,128", "UInt256,256"})
        void wideIntegers(String type, int bits) {
            var highest = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
            assertThat(render("{{" + type + "(x)}}", "x", highest.toString()))
                    .isEqualTo("to" + type + "('" + highest + "')");
            assertThat(failure(
                                    "{{" + type + "(x)}}",
                                    "x",
                                    highest.add(BigInteger.ONE).toString())
                            .getMessage())
                    .contains("to type " + type);
        }

        @Test
        @DisplayName("TPL-32 Array")
        void arrays() {
            assertThat(render("IN {{Array(x, 'Int32', default='101,102')}}")).isEqualTo("IN [101,102]");
            assertThat(render("IN {{Array(x, 'UInt32', '1,2')}}")).isEqualTo("IN [1,2]");
            assertThat(render("IN {{Array(x, 'String')}}", "x", "a,b'")).isEqualTo("IN ['a','b\\'']");
            assertThat(render("IN {{Array(x)}}", "x", "a")).isEqualTo("IN ['a']");
            assertThat(render("{{Array(x, 'String', '', description='d')}}")).isEqualTo("[]");
            assertThat(render("{% for v in Array(x, 'Int8') %}{{v + 1}} {% end %}", "x", "1,2"))
                    .isEqualTo("2 3 ");
            assertThat(failure("{{Array(x, 'Int32')}}", "x", "1,a").getMessage())
                    .startsWith("Template Syntax Error: Error validating 1,a[1](a) to type Int32");
            assertThat(failure("{{Array(x, 'Nope')}}").kind()).isEqualTo(TemplateException.Kind.SYNTAX);
        }

        @Test
        @DisplayName("TPL-32 repeated keys are joined, JSON arrays are taken as they are")
        void arraySources() {
            var template = Template.compile("%{{Array(x, 'String')}}", "n");
            assertThat(template.render(RenderRequest.of(Map.of("x", ParameterValue.ofRepeated(List.of("a", "b,c")))))
                            .sql())
                    .isEqualTo("['a','b','c']");
            assertThat(renderJson("{{Array(x, 'String')}}", "x", List.of("a", "b,c")))
                    .isEqualTo("['a','b,c']");
            assertThat(renderJson("{{Array(x, 'Int8')}}", "x", List.of(1, "2"))).isEqualTo("[1,2]");
            assertThat(renderJson("{{x}}", "x", List.of("a", 1, 2.5))).isEqualTo("['a',1,2.5]");
        }

        @Test
        @DisplayName("TPL-32 an array of 50,000 values is no problem")
        void largeArray() {
            var ids = String.join(",", Collections.nCopies(50_000, "12345"));
            var steps = RenderLimits.DEFAULT;
            var unhurried = new RenderLimits(
                    steps.maxSteps(), steps.maxOutput(), steps.maxText(), steps.maxItems(), Duration.ofMinutes(1));
            var request = RenderRequest.of(parameters("x", ids)).withLimits(unhurried);
            assertThat(Template.compile("%{{Array(x, 'Int32')}}", "n")
                            .render(request)
                            .sql())
                    .isEqualTo("[" + ids + "]");
            assertThat(Template.compile("%{{Array(x)}}", "n").render(request).sql())
                    .hasSize(50_000 * 8 + 1);
        }

        @Test
        @DisplayName("TPL-34 placeholders stand in for what was not sent")
        void placeholders() {
            assertThat(render("{{String(p)}} {{Int32(p)}} {{Boolean(p)}} {{Float32(p)}} {{Date(p)}} {{DateTime(p)}}"
                            + " {{Array(p)}} {{Array(p, 'Int8')}} {{p}}"))
                    .isEqualTo("'__no_value__' 0 0 0.0 '2019-01-01' '2019-01-01 00:00:00'"
                            + " ['__no_value__0','__no_value__1'] [0,0] '__no_value__'");
        }

        @Test
        @DisplayName("Missing required parameters are collected over the whole template")
        void required() {
            var template = "{{String(site_uuid, required=True)}} {{Int8(n, required=False)}}"
                    + "{% if defined(z) %}{{String(z, required=True)}}{% end %}"
                    + " {{Int32(automation_id, required=True)}} {{String(site_uuid, required=True)}}"
                    + " {{String(d, 'x', required=True)}}";
            assertThat(failure(template))
                    .hasMessage("Template Syntax Error: Required parameter is not defined. Check the parameters"
                            + " site_uuid and automation_id. Please provide a value or set a default value in the"
                            + " pipe code.");
            assertThat(failure(template).missingParameters()).containsExactly("site_uuid", "automation_id");
            assertThat(failure("{{String(x, required=True)}}").getMessage()).contains("Check the parameters x. ");
            assertThat(failure(template).status()).isEqualTo(400);
            assertThat(TemplateException.missingParameters(List.of("a", "b", "a", "c")))
                    .hasMessageContaining("parameters a, b and c.");
            assertThatThrownBy(() -> TemplateException.missingParameters(List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("TPL-36 TPL-38 one map of parameters feeds every node, system variables included")
        void cascade() {
            var request = RenderRequest.of(parameters("foo", "bar", "job_timestamp", "2024-01-01 00:00:00"));
            assertThat(Template.compile("%{{String(foo)}}", "a").render(request).sql())
                    .isEqualTo("'bar'");
            assertThat(Template.compile("%{{DateTime(job_timestamp)}}", "b")
                            .render(request)
                            .sql())
                    .isEqualTo("'2024-01-01 00:00:00'");
        }

        @Test
        @DisplayName("TPL-37 typed parameters in WITH")
        void with() {
            assertThat(render("WITH {{Array(g, 'String', '')}} AS g, {{split_to_array(t, '1,2')}} AS needles SELECT 1"))
                    .isEqualTo("WITH [] AS g, ['1','2'] AS needles SELECT 1");
        }

        @Test
        @DisplayName("TPL-40 % and quotes in values are nothing special")
        void specialCharacters() {
            assertThat(render("{{String(x)}}", "x", "100% \"sure\"")).isEqualTo("'100% \"sure\"'");
        }
    }
}
