package dev.rookery.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An endpoint as tenants write them: many parameters, branches, a loop, defaults. */
class EndpointTemplateTest {

    private static final String ENDPOINT = """
            %
            {% set _metrics = split_to_array(metrics, 'visits,hits') %}
            {% if not defined(site) %}
              {{ error('site is required') }}
            {% end %}
            WITH
              {{ Array(countries, 'String', '', description='Countries to keep') }} AS countries
            SELECT
              {% if granularity == 'hour' %}
                toStartOfHour(ts) AS t,
              {% elif granularity == 'day' or not defined(granularity) %}
                toDate(ts) AS t,
              {% else %}
                toStartOfMonth(ts) AS t,
              {% end %}
              {% for _last, _metric in enumerate_with_last(_metrics) %}
                sum({{ column(_metric) }}) AS {{ symbol(_metric) }}{% if not _last %},{% end %}
              {% end %}
            FROM hits
            WHERE site = {{ String(site) }}
              AND ts >= {{ DateTime(since, '2024-01-01 00:00:00') }}
              {% if defined(until) %} AND ts < {{ DateTime(until) }} {% end %}
              {% if defined(countries) %} AND country IN {{ Array(countries, 'String') }} {% end %}
              {% if Boolean(bots, False) %} AND is_bot {% end %}
            -- AND secret = {{ String(site) }}
            GROUP BY t
            ORDER BY {{ column(order_by, 't') }}
            LIMIT {{ Int32(page_size, 100) }}
            OFFSET {{ Int32(page, 0) * Int32(page_size, 100) }}
            """;

    private final Template template = Template.compile(ENDPOINT, "endpoint");

    private static String squeezed(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }

    @Test
    @DisplayName("with its defaults")
    void defaults() {
        var sql = template.render(RenderRequest.of(Rendering.parameters("site", "a'b")))
                .sql();
        assertThat(squeezed(sql))
                .isEqualTo(
                        "WITH [] AS countries SELECT toDate(ts) AS t, sum(`visits`) AS `visits`, sum(`hits`) AS `hits`"
                                + " FROM hits WHERE site = 'a\\'b' AND ts >= '2024-01-01 00:00:00'"
                                + " -- AND secret = GROUP BY t ORDER BY `t` LIMIT 100 OFFSET 0");
        assertThat(sql).contains("-- AND secret = \nGROUP BY");
    }

    @Test
    @DisplayName("with every parameter")
    void everything() {
        var sql = template.render(RenderRequest.of(Rendering.parameters(
                        "site",
                        "x",
                        "granularity",
                        "month",
                        "metrics",
                        "n",
                        "since",
                        "2024-02-01T00:00:00Z",
                        "until",
                        "2024-03-01",
                        "countries",
                        "ES,FR",
                        "bots",
                        "true",
                        "order_by",
                        "n",
                        "page",
                        "2",
                        "page_size",
                        "50")))
                .sql();
        assertThat(squeezed(sql))
                .isEqualTo("WITH ['ES','FR'] AS countries SELECT toStartOfMonth(ts) AS t, sum(`n`) AS `n`"
                        + " FROM hits WHERE site = 'x' AND ts >= '2024-02-01 00:00:00' AND ts < '2024-03-01 00:00:00'"
                        + " AND country IN ['ES','FR'] AND is_bot"
                        + " -- AND secret = GROUP BY t ORDER BY `n` LIMIT 50 OFFSET 100");
    }

    @Test
    @DisplayName("its parameters, in the order of their first use")
    void parameters() {
        assertThat(template.parameters())
                .extracting(TemplateParameter::name)
                .containsExactly(
                        "metrics",
                        "site",
                        "countries",
                        "granularity",
                        "since",
                        "until",
                        "bots",
                        "order_by",
                        "page_size",
                        "page");
    }

    @Test
    @DisplayName("one compiled template renders on many threads at once")
    void concurrently() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> renderings = IntStream.range(0, 500)
                    .mapToObj(i -> (Callable<String>) () -> template.render(
                                    RenderRequest.of(Rendering.parameters("site", "s" + i, "page", "" + i)))
                            .sql())
                    .toList();
            var rendered = threads.invokeAll(renderings);
            for (var i = 0; i < rendered.size(); i++) {
                assertThat(rendered.get(i).get())
                        .contains("site = 's" + i + "'\n")
                        .endsWith("OFFSET " + i * 100 + "\n");
            }
        }
    }
}
