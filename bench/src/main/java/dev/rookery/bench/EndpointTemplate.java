package dev.rookery.bench;

import dev.rookery.template.ParameterValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** A template of 60 lines with 12 parameters, as tenants write their larger endpoints, and the values of one request. */
final class EndpointTemplate {

    static final String SOURCE = """
            %
            {% set _metrics = split_to_array(metrics, 'visits,hits') %}
            {% if not defined(site) %}
              {{ error('site is required') }}
            {% end %}
            WITH
              {{ Array(countries, 'String', '', description='Countries to keep') }} AS countries,
              sessions AS (
                SELECT
                  session_id,
                  min(ts) AS started,
                  max(ts) AS ended,
                  count() AS pages
                FROM hits
                WHERE site = {{ String(site, description='Which site') }}
                  AND ts >= {{ DateTime(since, '2024-01-01 00:00:00') }}
                  {% if defined(until) %}
                  AND ts < {{ DateTime(until) }}
                  {% end %}
                GROUP BY session_id
                HAVING pages >= {{ UInt32(min_pages, 1) }}
              )
            SELECT
              {% if granularity == 'hour' %}
                toStartOfHour(h.ts) AS t,
              {% elif granularity == 'day' or not defined(granularity) %}
                toDate(h.ts) AS t,
              {% else %}
                toStartOfMonth(h.ts) AS t,
              {% end %}
              {% for _last, _metric in enumerate_with_last(_metrics) %}
                sum({{ column(_metric) }}) AS {{ symbol(_metric) }},
              {% end %}
              uniq(h.session_id) AS sessions,
              avg(s.ended - s.started) AS seconds,
              -- the device is left out for {{ String(site) }} where it was not asked for
              {% if Boolean(by_device, False) %}
                h.device AS device,
              {% end %}
              countIf(h.kind = 'click') AS clicks
            FROM hits AS h
            LEFT JOIN sessions AS s ON s.session_id = h.session_id
            WHERE h.site = {{ String(site) }}
              AND h.ts >= {{ DateTime(since, '2024-01-01 00:00:00') }}
              {% if defined(until) %}
              AND h.ts < {{ DateTime(until) }}
              {% end %}
              {% if defined(countries) %}
              AND h.country IN {{ Array(countries, 'String') }}
              {% end %}
              AND h.duration > {{ Float64(min_duration, 0.5) }}
            GROUP BY
              t
              {% if Boolean(by_device, False) %}
              , device
              {% end %}
            ORDER BY {{ column(order_by, 't') }} DESC
            {# one page of the table #}
            LIMIT {{ Int32(page_size, 100) }}
            OFFSET {{ Int32(page, 0) * Int32(page_size, 100) }}
            """;

    private EndpointTemplate() {}

    static Map<String, ParameterValue> values() {
        var values = new LinkedHashMap<String, ParameterValue>();
        values.put("metrics", ParameterValue.of("visits,hits,bounces"));
        values.put("site", ParameterValue.of("it's example.com"));
        values.put("countries", ParameterValue.of("ES,FR,PT"));
        values.put("since", ParameterValue.of("2024-02-01 00:00:00"));
        values.put("until", ParameterValue.of("2024-03-01 00:00:00"));
        values.put("min_pages", ParameterValue.of("2"));
        values.put("granularity", ParameterValue.of("hour"));
        values.put("by_device", ParameterValue.of("1"));
        values.put("min_duration", ParameterValue.of("1.25"));
        values.put("order_by", ParameterValue.of("t"));
        values.put("page_size", ParameterValue.of("50"));
        values.put("page", ParameterValue.of("3"));
        return values;
    }
}
