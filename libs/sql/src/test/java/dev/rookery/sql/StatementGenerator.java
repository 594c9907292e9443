package dev.rookery.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes statements out of ClickHouse's grammar. The same seed makes the same statements. */
final class StatementGenerator {

    private final Random random;

    StatementGenerator(long seed) {
        this.random = new Random(seed);
    }

    String statement() {
        String tail = maybe(6, () -> " SETTINGS max_threads = 1, " + "join_use_nulls = " + random.nextInt(2))
                + maybe(6, () -> " FORMAT " + pick("JSON", "CSVWithNames", "Null"));
        return query(3) + tail;
    }

    private String query(int depth) {
        String query = select(depth);
        if (depth > 0 && random.nextInt(6) == 0) {
            query += pick(" UNION ALL ", " UNION DISTINCT ", " EXCEPT ", " INTERSECT ")
                    + (random.nextBoolean() ? select(depth - 1) : "(" + query(depth - 1) + ")");
        }
        return query;
    }

    private String select(int depth) {
        var sql = new StringBuilder();
        sql.append(maybe(5, () -> with(depth)));
        String tables = random.nextInt(10) == 0 ? "" : space() + pick("FROM ", "from\n") + tables(depth);
        boolean fromFirst = !tables.isEmpty() && random.nextInt(12) == 0;
        if (fromFirst) {
            sql.append(tables.strip()).append(' ');
        }
        sql.append(pick("SELECT ", "select ", "Select/* a /* nested */ comment */"))
                .append(maybe(8, () -> "DISTINCT "))
                .append(list(depth, () -> item(depth), 4));
        if (!fromFirst) {
            sql.append(tables);
        }
        if (!tables.isEmpty()) {
            sql.append(maybe(8, () -> " PREWHERE " + expression(depth - 1)));
        }
        sql.append(maybe(2, () -> space() + "WHERE " + expression(depth)))
                .append(maybe(3, () -> " GROUP BY " + grouping(depth)))
                .append(maybe(6, () -> " HAVING " + expression(depth - 1)))
                .append(maybe(10, () -> " WINDOW w AS (PARTITION BY a ORDER BY b DESC)"))
                .append(maybe(12, () -> " QUALIFY " + expression(depth - 1)))
                .append(maybe(3, () -> " ORDER BY " + list(depth, () -> expression(0) + order(), 2)))
                .append(maybe(8, () -> " LIMIT 1, 2 BY a"))
                .append(maybe(4, () -> pick(" LIMIT 10", " LIMIT 5, 10", " LIMIT 10 OFFSET 5", " OFFSET 3")));
        return sql.toString();
    }

    private String with(int depth) {
        return "WITH "
                + pick(
                        "1 AS one",
                        "c AS (" + query(depth - 1) + ")",
                        "c (x, y) AS (SELECT 1, 2), [1, 2] AS arr",
                        "(SELECT max(a) FROM t1) AS top, c AS (SELECT * FROM " + table() + ")",
                        "(x, y) -> x + y AS f")
                + space();
    }

    private String tables(int depth) {
        var sql = new StringBuilder(tableExpression(depth));
        int joins = random.nextInt(3);
        for (int i = 0; i < joins; i++) {
            switch (random.nextInt(6)) {
                case 0 -> sql.append(", ").append(tableExpression(depth - 1));
                case 1 ->
                    sql.append(pick(" ARRAY JOIN ", " LEFT ARRAY JOIN ", " INNER ARRAY JOIN "))
                            .append("arr AS el, [1] AS one");
                case 2 -> sql.append(pick(" CROSS JOIN ", " PASTE JOIN ")).append(tableExpression(depth - 1));
                default ->
                    sql.append(pick(
                                    " JOIN ",
                                    " INNER JOIN ",
                                    " LEFT JOIN ",
                                    " GLOBAL ANY LEFT JOIN ",
                                    " RIGHT OUTER JOIN ",
                                    " FULL JOIN ",
                                    " LEFT SEMI JOIN ",
                                    " ANTI LEFT JOIN ",
                                    " ASOF JOIN ",
                                    " ALL INNER JOIN "))
                            .append(tableExpression(depth - 1))
                            .append(random.nextBoolean() ? " USING (a, b)" : " ON " + expression(depth - 2));
            }
        }
        return sql.toString();
    }

    private String tableExpression(int depth) {
        if (depth > 0 && random.nextInt(4) == 0) {
            return "(" + query(depth - 1) + ")" + alias();
        }
        if (random.nextInt(10) == 0) {
            return pick(
                            "numbers(10)",
                            "generateSeries(1, 2)",
                            "values('a UInt8', 1)",
                            "remote('h', db.t)",
                            "view(SELECT 1 FROM " + table() + ")")
                    + alias();
        }
        if (depth > 1 && random.nextInt(20) == 0) {
            return "(" + table() + " JOIN " + table() + " USING a)";
        }
        return table() + alias() + maybe(8, () -> pick(" FINAL", " SAMPLE 0.1", " FINAL SAMPLE 1/2 OFFSET 1/10"));
    }

    private String table() {
        return pick("t1", "t2", "db.t3", "`t 4`", "\"t5\"", "db.`t.6`", "c", "`from`", "select_", "“curly”");
    }

    private String alias() {
        return pick("", "", " AS x1", " x2", " AS `quoted alias`", " \"y\"", " AS where");
    }

    private String item(int depth) {
        return switch (random.nextInt(8)) {
            case 0 ->
                pick(
                        "*",
                        "t1.*",
                        "* EXCEPT (a, b)",
                        "* REPLACE (a + 1 AS a)",
                        "COLUMNS('a.*') APPLY(toString)",
                        "* EXCEPT a");
            case 1 -> expression(depth) + " AS " + pick("r1", "`r 2`", "order");
            case 2 -> expression(depth) + " r3";
            default -> expression(depth);
        };
    }

    private String grouping(int depth) {
        return pick(
                "a, b",
                "ALL",
                "ROLLUP(a, b)",
                "GROUPING SETS ((a), (a, b), ())",
                expression(depth - 2) + " WITH TOTALS");
    }

    private String order() {
        return pick("", " ASC", " DESC", " DESC NULLS LAST", " COLLATE 'en'", " WITH FILL FROM 1 TO 10 STEP 2");
    }

    private String expression(int depth) {
        if (depth <= 0) {
            return leaf();
        }
        return switch (random.nextInt(26)) {
            case 0 ->
                expression(depth - 1) + pick(" + ", "-", " * ", " / ", " % ", " || ", " DIV ") + expression(depth - 1);
            case 1 ->
                expression(depth - 1)
                        + pick(" AND ", " OR ", " = ", " != ", "<=", " <=> ", ">")
                        + expression(depth - 1);
            case 2 -> "NOT " + expression(depth - 1);
            case 3 -> "(" + expression(depth - 1) + ")";
            case 4 -> "(" + expression(depth - 1) + ", " + expression(depth - 1) + ")";
            case 5 -> "[" + expression(depth - 1) + ", " + expression(depth - 1) + "][1]";
            case 6 ->
                "CASE WHEN " + expression(depth - 1) + " THEN " + expression(depth - 1) + " ELSE " + leaf() + " END";
            case 7 -> "CAST(" + expression(depth - 1) + " AS " + type() + ")";
            case 8 -> leaf() + "::" + type();
            case 9 -> "a " + pick("IN", "NOT IN", "GLOBAL IN", "GLOBAL NOT IN", "in") + " " + inTarget(depth);
            case 10 -> "(" + query(depth - 1) + ")";
            case 11 -> pick("EXISTS", "exists ", "NOT EXISTS") + "(" + query(depth - 1) + ")";
            case 12 -> "arrayMap((x, y) -> " + expression(depth - 1) + ", arr, arr)";
            case 13 ->
                pick("sum", "uniqExact", "any") + "(" + expression(depth - 1) + ")"
                        + maybe(3, () -> " FILTER (WHERE a > 1)")
                        + maybe(
                                3,
                                () -> pick(
                                        " OVER w",
                                        " OVER ()",
                                        " OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"));
            case 14 -> "quantiles(0.5, 0.9)(" + expression(depth - 1) + ")";
            case 15 -> "count(DISTINCT " + expression(depth - 1) + ")";
            case 16 ->
                expression(depth - 1)
                        + pick(
                                " LIKE 'a%'",
                                " NOT ILIKE 'b'",
                                " IS NOT NULL",
                                " IS NULL",
                                " BETWEEN 1 AND 2",
                                " NOT BETWEEN a AND b");
            case 17 ->
                pick(
                        "now() - INTERVAL 1 DAY",
                        "d + INTERVAL a + 1 HOUR",
                        "INTERVAL '2 WEEK'",
                        "DATE '2020-01-01'",
                        "INTERVAL '1:30' HOUR TO MINUTE");
            case 18 ->
                pick(
                        "EXTRACT(YEAR FROM d)",
                        "trim(BOTH 'x' FROM s)",
                        "substring(s FROM 1 FOR 2)",
                        "position('a' IN s)",
                        "dateDiff(DAY, a, b)",
                        "date_add(HOUR, 1, d)");
            case 19 ->
                pick(
                        "dictGet('db.dict', 'a', k)",
                        "joinGet('j', 'v', a)",
                        "dictHas('d2', a)",
                        "in(a, t9)",
                        "notIn(a, (t8))");
            case 20 -> "if(" + expression(depth - 1) + ", " + leaf() + ", " + leaf() + ") AS " + pick("al1", "al2");
            case 21 -> expression(depth - 1) + " ? " + leaf() + " : " + leaf();
            case 22 -> "a = " + pick("ANY", "ALL") + " (" + query(depth - 1) + ")";
            case 23 -> "tuple(" + expression(depth - 1) + ", 1)." + pick("1", "2");
            case 24 -> "-" + expression(depth - 1);
            default -> pick("lower", "toDate", "length", "`lower`", "coalesce") + "(" + expression(depth - 1) + ")";
        };
    }

    private String inTarget(int depth) {
        return pick(
                "(1, 2, 3)",
                "('a')",
                "t7",
                "(t7)",
                "db.t8",
                "((t7))",
                "arr",
                "c",
                "(" + query(depth - 1) + ")",
                "[1, 2]",
                "tuple(1, 2)",
                "t7 + 1",
                "al1");
    }

    private String type() {
        return pick(
                "UInt8",
                "String",
                "Nullable(Float64)",
                "Array(Tuple(a UInt8, b String))",
                "DateTime64(3, 'UTC')",
                "Enum8('a' = 1, 'b' = -2)",
                "DOUBLE PRECISION");
    }

    private String leaf() {
        return pick(
                "a",
                "b",
                "t1.a",
                "`a b`",
                "\"c\"",
                "1",
                "1.5e3",
                "0xFF",
                "1_000",
                "'text'",
                "'it''s'",
                "'esc\\'aped\\n'",
                "$tag$here 'doc'$tag$",
                "‘curly’",
                "NULL",
                "true",
                "a.b.c",
                "a.1",
                "count()",
                "now()",
                "date",
                "interval",
                "case",
                "[]",
                "()",
                "x'4142'",
                "0−1",
                "'é'",
                "from",
                "order",
                "key",
                "a[1]",
                "tup.1.2");
    }

    private String space() {
        return pick(" ", "\n", "\t", " -- comment ' with a quote\n", " /* ` */ ", "\u00A0", " # x\n");
    }

    private String list(int depth, Supplier<String> element, int max) {
        List<String> elements = new ArrayList<>();
        int count = 1 + random.nextInt(Math.max(1, Math.min(max, depth + 1)));
        for (int i = 0; i < count; i++) {
            elements.add(element.get());
        }
        return String.join(pick(", ", ","), elements);
    }

    private String maybe(int oneIn, Supplier<String> text) {
        return random.nextInt(oneIn) == 0 ? text.get() : "";
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
