package dev.rookery.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;

@DisplayName("Parameters of administrative calls (client-contract.md 1)")
class ClientParametersTest {
    private static MockHttpServletRequest request(@Nullable String query, String body, @Nullable String contentType) {
        var request = new MockHttpServletRequest("POST", "/v0/tokens");
        request.setQueryString(query);
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        request.setContentType(contentType);
        return request;
    }

    private static ClientParameters read(@Nullable String query, String body) {
        return ClientParameters.of(request(query, body, null));
    }

    @Test
    @DisplayName("Rule 3: a query may begin with an empty part, and an empty value is none")
    void emptyParts() {
        ClientParameters parameters = read("&token=p.x&attrs=&&name", "");
        assertThat(parameters.find("token")).contains("p.x");
        assertThat(parameters.find("attrs")).isEmpty();
        assertThat(parameters.all("attrs")).containsExactly("");
        assertThat(parameters.all("name")).containsExactly("");
        assertThat(read(null, "").all("token")).isEmpty();
    }

    @ParameterizedTest(name = "Content-Type {0}")
    @ValueSource(
            strings = {"", "application/json", "text/plain", "application/x-www-form-urlencoded", "no type at all"})
    @DisplayName("Rule 5: the body is JSON when it starts with a brace and a form otherwise, whatever its Content-Type")
    void contentType(String type) {
        String header = type.isEmpty() ? null : type;
        ClientParameters json = ClientParameters.of(
                request("name=fromquery", " \n{\"name\": \"a b\", \"n\": 1.5, \"yes\": true}", header));
        assertThat(json.all("name")).containsExactly("fromquery", "a b");
        assertThat(json.find("n")).contains("1.5");
        assertThat(json.isTrue("yes")).isTrue();
        assertThat(json.json()).isPresent();
        ClientParameters form = ClientParameters.of(request(null, "scope=A%3Ab&scope=B+c", header));
        assertThat(form.all("scope")).containsExactly("A:b", "B c");
        assertThat(form.json()).isEmpty();
    }

    @Test
    @DisplayName("Rule 6: the same parameter from the query, from a form and from JSON, alone or in a list")
    void everywhere() {
        assertThat(read("scope=ADMIN&scope=TOKENS", "").all("scope")).containsExactly("ADMIN", "TOKENS");
        assertThat(read(null, "scope=ADMIN&scope=TOKENS").all("scope")).containsExactly("ADMIN", "TOKENS");
        assertThat(read(null, "{\"scope\": [\"ADMIN\", \"TOKENS\"], \"x\": null, \"y\": {\"z\": 1}}")
                        .all("scope"))
                .containsExactly("ADMIN", "TOKENS");
        assertThat(read(null, "{\"scope\": \"ADMIN\"}").require("scope")).isEqualTo("ADMIN");
        assertThat(ClientParameters.ofQuery(request("a=1", "b=2", null)).find("b"))
                .isEmpty();
    }

    @Test
    @DisplayName("Names and values are decoded, with their own signs and letters")
    void decoding() {
        assertThat(read("na%20me=a%26b%3Dc%2Bd%C3%BC=x", "").all("na me")).containsExactly("a&b=c+dü=x");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"true", "TRUE", "1", "yes", "Yes"})
    @DisplayName("Yes in every way clients write it")
    void yes(String text) {
        assertThat(read("check=" + text, "").isTrue("check")).isTrue();
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"false", "0", "no", "", "on", "truee"})
    @DisplayName("Anything else is no")
    void no(String text) {
        assertThat(read("check=" + text, "").isTrue("check")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{\"a\": ", "{\"a\" 1}", "{} x", "{\"a\": 1}{"})
    @DisplayName("Broken JSON is a 400")
    void brokenJson(String body) {
        assertStatus(HttpStatus.BAD_REQUEST, () -> read(null, body));
    }

    @Test
    @DisplayName("Broken URL encoding, a missing parameter, JSON without end of depth: 400; too much: 413")
    void refused() {
        assertStatus(HttpStatus.BAD_REQUEST, () -> read("a=%zz", ""));
        assertStatus(HttpStatus.BAD_REQUEST, () -> read("a=%", ""));
        assertStatus(HttpStatus.BAD_REQUEST, () -> read(null, "{\"a\":" + "[".repeat(100_000)));
        assertThatThrownBy(() -> read("name=", "").require("name")).hasMessageContaining("'name'");
        assertStatus(HttpStatus.CONTENT_TOO_LARGE, () -> read(null, "a=" + "x".repeat(1 << 20)));
        assertThat(read(null, "a=" + "x".repeat((1 << 20) - 2)).find("a")).isPresent();
    }

    private static void assertStatus(HttpStatus status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(status));
    }
}
