package dev.rookery.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a tenant's client could send, and what a tenant could write, to read the table {@code e2e_canary.secret}. */
final class Attacks {

    /** Everything that makes a value out of the parameter p. */
    private static final List<String> CASTS = List.of(
            "p",
            "String(p)",
            "String(p) + 'x'",
            "p.upper()",
            "p.replace('a', 'a')",
            "Boolean(p)",
            "Int8(p)",
            "Int64(p)",
            "Int256(p)",
            "UInt64(p)",
            "Float64(p)",
            "Decimal(p)",
            "UUID(p)",
            "Date(p)",
            "DateTime(p)",
            "DateTime64(p)",
            "Array(p, 'String')",
            "Array(p, 'Int64')",
            "split_to_array(p)",
            "split_to_array(p, separator='.')[0]",
            "JSON(p)",
            "column(p, 'n')",
            "columns(p, 'n')",
            "symbol(p)",
            "sql_and(x__in=Array(p, 'String'))",
            "sql_and(x=p)",
            "'{}'.format(p)",
            "{'a': p}['a']",
            "[p][0]",
            "p if p else 1",
            "max(p, 'a')");

    /** Everywhere a value can stand, marked with @. */
    private static final List<String> POSITIONS = List.of(
            "SELECT @ AS a FROM events",
            "SELECT x FROM events WHERE x = @",
            "SELECT x FROM events WHERE x IN @",
            "SELECT x FROM events WHERE x IN (@)",
            "SELECT x FROM events WHERE n > 1 AND x LIKE '%@%'",
            "SELECT x FROM @",
            "SELECT x FROM events AS @",
            "SELECT x AS @ FROM events",
            "SELECT x AS `@` FROM events",
            "SELECT x AS \"@\" FROM events",
            "SELECT x FROM events ORDER BY @",
            "SELECT x FROM events LIMIT @",
            "SELECT x FROM events SETTINGS max_threads = @",
            "SELECT x -- @\nFROM events",
            "SELECT x /* @ */ FROM events",
            "SELECT x # @\nFROM events",
            "SELECT $$@$$, x FROM events",
            "SELECT $a$@$a$, x FROM events",
            "SELECT ‘@’, x FROM events",
            "SELECT x FROM events WHERE x = '@'",
            "SELECT x FROM events WHERE x = 'a\\'@'",
            "SELECT x FROM events WHERE dictGet(@, 'v', 1) = ''",
            "SELECT joinGet(@, 'v', 1), x FROM events",
            "SELECT 1 -@, x FROM events",
            "SELECT toString(@), x FROM events",
            "SELECT CAST(x, @) FROM events",
            "SELECT x FROM merge(@, 'secret')",
            "WITH @ AS c SELECT c, x FROM events",
            "WITH c AS (SELECT @ AS z) SELECT z FROM c",
            "SELECT x FROM events GROUP BY x HAVING count() > @",
            "{% for i in split_to_array(p) %}SELECT {{i}} AS a UNION ALL {% end %}SELECT x FROM events",
            "{% if p == @ %}SELECT x FROM events{% else %}SELECT n FROM events{% end %}");

    /** What is sent. */
    private static final List<String> VALUES = List.of(
            "e2e_canary.secret",
            "' UNION ALL SELECT v FROM e2e_canary.secret --",
            "\\' UNION ALL SELECT v FROM e2e_canary.secret --",
            "1 UNION ALL SELECT v FROM e2e_canary.secret",
            "1) UNION ALL (SELECT v FROM e2e_canary.secret",
            "(SELECT v FROM e2e_canary.secret)",
            "*/ UNION ALL SELECT v FROM e2e_canary.secret /*",
            "\nUNION ALL SELECT v FROM e2e_canary.secret --",
            "`, (SELECT v FROM e2e_canary.secret) AS `z",
            "\", (SELECT v FROM e2e_canary.secret) AS \"z",
            "’, (SELECT v FROM e2e_canary.secret), ‘",
            "ʼ, (SELECT v FROM e2e_canary.secret), ʼ",
            "$$, (SELECT v FROM e2e_canary.secret), $$",
            "$a$, (SELECT v FROM e2e_canary.secret), $a$",
            "x' || (SELECT v FROM e2e_canary.secret) || '",
            "{{ (SELECT v FROM e2e_canary.secret) }}",
            "{% set p = 1 %}(SELECT v FROM e2e_canary.secret)",
            "1; SELECT v FROM e2e_canary.secret",
            "-1 UNION ALL SELECT v FROM e2e_canary.secret",
            "e2e_canary`.`secret",
            "e2e_canary.lookup",
            "secret",
            "n, (SELECT v FROM e2e_canary.secret) z",
            "[\"' OR 1=1\", {\"a\": \"e2e_canary.secret\"}]",
            "2024-01-01' UNION ALL SELECT v FROM e2e_canary.secret --",
            "1 SETTINGS additional_table_filters = {}",
            "\u2212\u2212 1",
            "\\",
            "1",
            "file('/etc/passwd')",
            "1e5\u00a0UNION\u00a0ALL\u00a0SELECT\u00a0v\u00a0FROM\u00a0e2e_canary.secret",
            "'\0' UNION ALL SELECT v FROM e2e_canary.secret --");

    /** Names of the table that nobody may read. */
    private static final List<String> NAMES = List.of(
            "e2e_canary.secret",
            "`e2e_canary`.`secret`",
            "\"e2e_canary\".\"secret\"",
            "“e2e_canary”.“secret”",
            "`e2e\\x5fcanary`.secret",
            "e2e_canary /* a */ . -- b\n secret",
            "{{p}}",
            "{{ symbol(p) }}",
            "{{ column(p) }}",
            "{{ symbol('e2e_canary') }}.{{ symbol('secret') }}",
            "e2e_can{# nothing #}ary.secret",
            "{% for w in ['e2e_canary', '.', 'secret'] %}{{ symbol(w) }}{% end %}",
            "e2e_{% if 1 %}canary{% end %}.secret");

    /** Ways to read a table, marked with @. */
    private static final List<String> READS = List.of(
            "SELECT v FROM @",
            "SELECT * FROM events, @",
            "SELECT * FROM events JOIN @ ON 1",
            "SELECT x FROM events WHERE 'CANARY-e2e-51c9' IN @",
            "SELECT x FROM events AS e2e_canary WHERE x IN @",
            "WITH e2e_canary AS (SELECT 1 AS secret) SELECT * FROM @",
            "WITH events AS (SELECT v FROM @) SELECT * FROM events",
            "WITH c AS (SELECT x FROM events) SELECT * FROM c UNION ALL SELECT v FROM @",
            "SELECT (SELECT v FROM @), x FROM events",
            "SELECT x FROM events ORDER BY (SELECT v FROM @)",
            "SELECT x FROM events WHERE in('a', @)",
            "SELECT throwIf('CANARY-e2e-51c9' IN (@), 'CANARY-e2e-51c9') FROM events AS e2e_canary",
            "SELECT * FROM merge('e2e_canary', 'secret'), (SELECT 1 FROM @)",
            "SELECT * FROM remote('127.0.0.1', @)",
            "SELECT * FROM cluster('default', @)",
            "SELECT * FROM loop(@)",
            "SELECT * FROM view(SELECT v FROM @)",
            "SELECT * FROM mergeTreeIndex(@)",
            "SELECT dictGet(@, 'v', toUInt64(1))",
            "SELECT joinGet(@, 'v', 1)",
            "DESCRIBE TABLE @",
            "EXPLAIN SELECT v FROM @",
            "INSERT INTO events SELECT v FROM @",
            "SELECT v FROM @ SETTINGS max_threads = 1",
            "SELECT v FROM events SETTINGS additional_table_filters = {'q': '1'}, max_threads = (SELECT n FROM @)");

    /** Templates that need no name of a table. */
    private static final List<String> OTHERS = List.of(
            "SELECT * FROM file('/etc/passwd', LineAsString)",
            "SELECT * FROM url('http://127.0.0.1/', LineAsString)",
            "SELECT * FROM s3('http://127.0.0.1/a', CSV)",
            "SELECT * FROM system.query_log",
            "SELECT * FROM system.tables",
            "SELECT * FROM information_schema.tables",
            "SELECT * FROM dictionary('e2e_canary.d')",
            "SELECT * FROM executable('a', CSV, 'a String')",
            "SELECT * FROM {{ 'file' }}('/etc/passwd', LineAsString)",
            "SELECT * FROM {{ symbol('merge') }}('e2e_canary', 'secret')",
            "SELECT * FROM `merge`('e2e_canary', '{{p}}')",
            "SELECT x FROM events FORMAT {{p}}",
            "SELECT x FROM events INTO OUTFILE '{{p}}'",
            "SELECT x FROM events SETTINGS enable_analyzer = 0",
            "SELECT x FROM events SETTINGS {{ column(p) }} = 1",
            "SELECT x FROM events; DROP TABLE events",
            "SELECT * FROM {t:Identifier}",
            "SELECT {p:String} FROM events",
            "SELECT * FROM events OR 1 = 1",
            "SELECT x FROM events WHERE tenant = 0 OR toInt32(x) = 1",
            "SELECT 1 AS tenant, * FROM events",
            "SELECT x FROM events AS q WHERE q.tenant = 0");

    private Attacks() {}

    record Input(String template, String value) {}

    /** Each cast in each position with values in turn, and each value in each position through the plainest casts. */
    static List<Input> parameters() {
        Set<Input> inputs = new LinkedHashSet<>();
        int turn = 0;
        for (String position : POSITIONS) {
            for (String cast : CASTS) {
                inputs.add(new Input(filled(position, cast), VALUES.get(turn++ % VALUES.size())));
            }
            for (String value : VALUES) {
                for (String cast : List.of("p", "column(p, 'n')")) {
                    inputs.add(new Input(filled(position, cast), value));
                }
            }
        }
        return List.copyOf(inputs);
    }

    private static String filled(String position, String cast) {
        String hole = position.contains("{% if p == @") ? cast : "{{" + cast + "}}";
        return "% " + position.replace("@", hole);
    }

    static List<String> templates() {
        List<String> templates = new ArrayList<>();
        for (String read : READS) {
            for (String name : NAMES) {
                templates.add("% " + read.replace("@", name));
            }
        }
        OTHERS.forEach(other -> templates.add("% " + other));
        return List.copyOf(templates);
    }
}
