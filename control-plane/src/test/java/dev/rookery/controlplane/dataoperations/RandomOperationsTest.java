package dev.rookery.controlplane.dataoperations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.deployments.Reaping;
import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences of inserts, truncates, deletes and replaces do what the same sequence does in memory. */
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("RD operations in any order")
class RandomOperationsTest {
    private static final boolean SOAK = Boolean.getBoolean("rookery.soak");
    private static final int STEPS = SOAK ? 100 : 10;

    static List<Long> seeds() {
        return SOAK ? List.of(1L, 2L, 3L, 4L, 5L) : List.of(7L);
    }

    private record Row(long id, String name, int day) {
        String sql() {
            return "(%d, '%s', '%s')".formatted(id, name, date(day));
        }
    }

    private static LocalDate date(int day) {
        return LocalDate.of(2026, 1, 1).plusDays(day);
    }

    /** A condition in both worlds. */
    private record Where(String sql, Predicate<Row> test) {}

    /** By day and name, count and sum of ids. */
    private static final class Sums {
        private final Map<String, long[]> byKey = new TreeMap<>();

        void add(Row row) {
            long[] sums = byKey.computeIfAbsent(date(row.day()) + " " + row.name(), _ -> new long[2]);
            sums[0]++;
            sums[1] += row.id();
        }

        List<String> lines() {
            return byKey.entrySet().stream()
                    .filter(entry -> entry.getValue()[0] > 0)
                    .map(entry -> "%s %d %d".formatted(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                    .toList();
        }

        Map<Integer, long[]> byDay() {
            Map<Integer, long[]> days = new TreeMap<>();
            byKey.forEach((key, sums) -> {
                int day = (int) (LocalDate.parse(key.substring(0, 10)).toEpochDay() - date(0).toEpochDay());
                long[] total = days.computeIfAbsent(day, _ -> new long[2]);
                total[0] += sums[0];
                total[1] += sums[1];
            });
            return days;
        }
    }

    /** The workspace in memory: rows of the landing, and what its views have added up. */
    private static final class Model {
        private List<Row> events = new ArrayList<>();
        private Sums counts = new Sums();
        private Map<Integer, long[]> totals = new TreeMap<>();

        void insert(List<Row> rows) {
            events.addAll(rows);
            Sums added = new Sums();
            rows.forEach(row -> {
                added.add(row);
                counts.add(row);
            });
            added.byDay().forEach((day, sums) -> {
                long[] total = totals.computeIfAbsent(day, _ -> new long[2]);
                total[0] += sums[0];
                total[1] += sums[1];
            });
        }

        void replace(Predicate<Row> where, List<Row> payload) {
            List<Row> matching = payload.stream().filter(where).toList();
            List<Integer> days = matching.stream().map(Row::day).distinct().toList();
            List<Row> rebuilt = events.stream()
                    .filter(row -> days.contains(row.day()) && !where.test(row))
                    .collect(Collectors.toCollection(ArrayList::new));
            rebuilt.addAll(matching);
            events.removeIf(row -> days.contains(row.day()));
            days.forEach(day -> {
                counts.byKey.keySet().removeIf(key -> key.startsWith(date(day).toString()));
                totals.remove(day);
            });
            insert(rebuilt);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("DS-11 DS-15 RD-1 to RD-10 equal a model in memory after every step")
    void sequence(long seed) {
        Tenant tenant = Tenant.create();
        // A cluster of its own has a writer of its own, which no other test's sender keeps busy.
        try (var _ = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            sequence(tenant, seed);
        }
    }

    private static void sequence(Tenant tenant, long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        StringBuilder history = new StringBuilder();
        for (int step = 0; step < STEPS; step++) {
            history.append('\n').append(step(random, tenant, model));
            assertEqual(tenant, model, "seed " + seed + history);
        }
        Chain.assertNothingLeft(tenant, Reaping::now);
    }

    private static String step(Random random, Tenant tenant, Model model) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> {
                List<Row> rows = rows(random);
                tenant.insert("events", values(rows));
                model.insert(rows);
                yield "insert " + rows;
            }
            case 2 -> {
                assertThat(Chain.truncate(tenant, "events").status()).isEqualTo(200);
                model.events.clear();
                yield "truncate";
            }
            case 3 -> {
                String name = random.nextBoolean() ? "counts" : "events";
                assertThat(Http.post("/v0/datasources/%s/truncate?cascade=true".formatted(name), tenant.adminToken())
                                .status())
                        .isEqualTo(200);
                if (name.equals("events")) {
                    model.events.clear();
                }
                model.counts = new Sums();
                model.totals = new TreeMap<>();
                yield "truncate with cascade " + name;
            }
            case 4 -> {
                Where where = where(random);
                Reply begun = Http.form(
                        "POST",
                        "/v0/datasources/events/delete",
                        tenant.adminToken(),
                        "delete_condition=" + Http.encode(where.sql()));
                done(Chain.ended(tenant, begun.text("/job_id")));
                model.events.removeIf(where.test());
                yield "delete " + where.sql();
            }
            case 5 -> {
                Where where = where(random);
                List<Row> rows = rows(random);
                done(Replace.run(tenant, "events", where.sql(), values(rows)));
                model.replace(where.test(), rows);
                yield "replace " + where.sql() + " by " + rows;
            }
            default -> {
                List<Row> rows = rows(random);
                done(Replace.run(tenant, "events", null, values(rows)));
                model.events = new ArrayList<>();
                model.counts = new Sums();
                model.totals = new TreeMap<>();
                model.insert(rows);
                yield "replace all by " + rows;
            }
        };
    }

    private static void done(Reply ended) {
        assertThat(ended.text("/status")).as(ended.body()).isEqualTo("done");
    }

    private static List<Row> rows(Random random) {
        List<Row> rows = new ArrayList<>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            rows.add(new Row(random.nextInt(100), "n" + random.nextInt(3), random.nextInt(4)));
        }
        return rows;
    }

    private static String values(List<Row> rows) {
        return rows.stream().map(Row::sql).collect(Collectors.joining(", ", "VALUES ", ""));
    }

    private static Where where(Random random) {
        int day = random.nextInt(4);
        int bound = random.nextInt(100);
        String name = "n" + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> new Where("day = '%s'".formatted(date(day)), row -> row.day() == day);
            case 1 -> new Where("id < " + bound, row -> row.id() < bound);
            case 2 ->
                new Where(
                        "name = '%s' OR id %% 3 = 0".formatted(name),
                        row -> row.name().equals(name) || row.id() % 3 == 0);
            default ->
                new Where(
                        "nullIf(name, '%s') < 'n2' AND day != '%s'".formatted(name, date(day)),
                        row -> !row.name().equals(name) && row.name().compareTo("n2") < 0 && row.day() != day);
        };
    }

    private static void assertEqual(Tenant tenant, Model model, String history) {
        Chain.awaitIdle(tenant);
        assertThat(tenant.rows(
                        "SELECT concat(toString(day), ' ', name, ' ', toString(id)) AS r FROM $events ORDER BY r",
                        "events"))
                .as(history)
                .isEqualTo(model.events.stream()
                        .map(row -> "%s %s %d".formatted(date(row.day()), row.name(), row.id()))
                        .sorted()
                        .toList());
        assertThat(tenant.rows(
                        "SELECT concat(toString(day), ' ', name, ' ', toString(sum(c)), ' ', toString(sum(ids))) AS r"
                                + " FROM $counts GROUP BY day, name ORDER BY day, name",
                        "counts"))
                .as(history)
                .isEqualTo(model.counts.lines());
        assertThat(tenant.rows(
                        "SELECT concat(toString(day), ' ', toString(sum(c)), ' ', toString(sum(ids))) AS r"
                                + " FROM $totals GROUP BY day ORDER BY day",
                        "totals"))
                .as(history)
                .isEqualTo(model.totals.entrySet().stream()
                        .map(entry ->
                                "%s %d %d".formatted(date(entry.getKey()), entry.getValue()[0], entry.getValue()[1]))
                        .toList());
    }
}
