package dev.rookery.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.access.web.ApiException;
import dev.rookery.template.ParameterValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

@DisplayName("client-contract.md 1: what a client sends")
class QueryParametersTest {
    private static QueryParameters read(String query, String body) {
        var request = new MockHttpServletRequest("POST", "/v0/sql");
        request.setQueryString(query);
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return QueryParameters.of(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT a=1 FROM t",
                "select x from y where q='a'",
                "% SELECT {{a}}",
                "%\nSELECT 1 = 1",
                "WITH a AS (SELECT 1) SELECT a=1",
                "-- q=1\nSELECT 1",
                "(SELECT 1)=1",
                "/*q=1*/ SELECT 1"
            })
    @DisplayName("SQL-3: a body that is SQL")
    void statements(String sql) {
        assertThat(read("", sql).statement()).contains(sql);
    }

    @Test
    @DisplayName("rule 3, rule 5, rule 6: empty parts, forms and JSON without a Content-Type")
    void sources() {
        assertThat(read("&q=SELECT+1&&x", "").statement()).contains("SELECT 1");
        assertThat(read("", "q=SELECT%201&a=1&a=2").values().get("a"))
                .isEqualTo(ParameterValue.ofRepeated(List.of("1", "2")));
        QueryParameters json = read("a=url", "{\"q\": \"SELECT 1\", \"a\": [1, 2], \"n\": null, \"b\": true}");
        assertThat(json.statement()).contains("SELECT 1");
        assertThat(json.values().get("a")).isEqualTo(ParameterValue.ofJson(List.of(1, 2)));
        assertThat(json.values().get("b")).isEqualTo(ParameterValue.ofJson(true));
    }

    @Test
    @DisplayName("rule 2: reserved names in no form")
    void reserved() {
        for (String name : QueryParameters.RESERVED) {
            assertThat(read(name + "=1", "{\"" + name + "\": 1}").values()).isEmpty();
            assertThat(read("", name + "=1").values()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%zz", "a=%", "%e=1"})
    void brokenEncoding(String query) {
        assertThatThrownBy(() -> read(query, "")).isInstanceOf(ApiException.class);
    }

    @Property
    void anyTextSurvives(@ForAll String name, @ForAll String value) {
        String valid = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String key = "k" + new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String query =
                URLEncoder.encode(key, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(valid, StandardCharsets.UTF_8);
        assertThat(read(query, "").values().get(key)).isEqualTo(ParameterValue.of(valid));
    }
}
