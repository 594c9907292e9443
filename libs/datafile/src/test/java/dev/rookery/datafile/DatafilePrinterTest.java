package dev.rookery.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The canonical text, to the letter: what is pulled must not change by itself. */
class DatafilePrinterTest {

    @Test
    @DisplayName("DFG-1: a data source in canonical form")
    void datasource() {
        assertThat(DatafilePrinter.print(Parsed.datasource("""
                ENGINE_SORTING_KEY id
                ENGINE ReplacingMergeTree
                ENGINE_VER 'at'
                ENGINE_TTL ""
                TOKEN writer append
                tags a,b
                FORWARD_QUERY >
                  SELECT *,
                    1 AS n
                SCHEMA >
                \tid   String `json:$.id`,
                \t`at` DateTime64( 3 ) default now()   `json:$.at`
                SHARED_WITH one, two
                BACKFILL SKIP
                DESCRIPTION what it holds # really
                INDEXES >
                   by_id id TYPE minmax
                KAFKA_GROUP_ID {{ tb_secret("g") }}
                KAFKA_TOPIC 't'
                KAFKA_CONNECTION_NAME c
                KAFKA_STORE_HEADERS true
                """))).isEqualTo("""
                DESCRIPTION >
                    what it holds # really

                TAGS "a, b"

                TOKEN "writer" APPEND

                SCHEMA >
                    `id` String `json:$.id`,
                    `at` DateTime64( 3 ) `json:$.at` DEFAULT now()

                ENGINE "ReplacingMergeTree"
                ENGINE_SORTING_KEY "id"
                ENGINE_VER "at"

                INDEXES >
                    INDEX by_id id TYPE minmax

                KAFKA_CONNECTION_NAME c
                KAFKA_TOPIC t
                KAFKA_GROUP_ID '{{ tb_secret("g") }}'
                KAFKA_STORE_HEADERS True

                SHARED_WITH >
                    one,
                    two

                BACKFILL skip

                FORWARD_QUERY >
                    SELECT *,
                      1 AS n
                """);
    }

    @Test
    @DisplayName("DFP-1 to DFP-10: a pipe in canonical form")
    void pipe() {
        assertThat(DatafilePrinter.print(Parsed.pipe("""
                NODE first
                TYPE copy
                COPY_MODE Replace
                TARGET_DATASOURCE 'target'
                SQL >
                %
                \tSELECT {{ Int8(n) }}

                \tFROM t
                COPY_SCHEDULE 0 * * * *
                TOKEN reader READ
                """))).isEqualTo("""
                TOKEN "reader" READ

                NODE first
                SQL >
                    %
                    SELECT {{ Int8(n) }}

                    FROM t

                TYPE COPY
                TARGET_DATASOURCE target
                COPY_SCHEDULE "0 * * * *"
                COPY_MODE replace
                """);
    }

    @Test
    @DisplayName("DFC-1, DFC-2: a connection in canonical form")
    void connection() {
        assertThat(DatafilePrinter.print(Parsed.connection("""
                KAFKA_SECRET 'it "is" a secret'
                KAFKA_SECURITY_PROTOCOL ""
                KAFKA_BOOTSTRAP_SERVERS a:1,b:2
                TYPE KAFKA
                """))).isEqualTo("""
                TYPE kafka
                KAFKA_BOOTSTRAP_SERVERS a:1,b:2
                KAFKA_SECRET 'it "is" a secret'
                """);
    }

    @Test
    @DisplayName("DFC-7: tests in canonical form")
    void tests() {
        assertThat(DatafilePrinter.print(Parsed.tests("""
                - {name: one, parameters: "a=1&b=2", expected_result: "{\\"n\\": 1}\\n{\\"n\\": 2}\\n"}
                - name: "yes"
                  description: "two\\twords"
                  expected_http_status: 404
                """))).isEqualTo("""
                - name: one
                  expected_http_status: 200
                  parameters: a=1&b=2
                  expected_result: |
                    {"n": 1}
                    {"n": 2}

                - name: "yes"
                  description: "two\\u0009words"
                  expected_http_status: 404
                  parameters: ""
                """);
    }
}
