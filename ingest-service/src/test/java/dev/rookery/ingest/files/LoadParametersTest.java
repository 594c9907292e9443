package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Parameters of a load")
class LoadParametersTest {
    private static LoadParameters of(String form) {
        var parameters = new LoadParameters();
        parameters.addForm(form);
        return parameters;
    }

    @Test
    @DisplayName("DS-5: a URL that is not encoded is taken whole, with its signature as it stands")
    void plainUrl() {
        var parameters = of("url=https://a.blob.example/x.csv?se=2025&sp=r&spr=https&sig=a%2Bb%3D&mode=append");

        assertThat(parameters.find("url")).hasValue("https://a.blob.example/x.csv?se=2025&sp=r&spr=https&sig=a%2Bb%3D");
        assertThat(parameters.find("mode")).hasValue("append");
        assertThat(parameters.find("sp")).isEmpty();
    }

    @Test
    @DisplayName("DS-5: an encoded URL is decoded once")
    void encodedUrl() {
        var parameters = of("name=x&url=https%3A%2F%2Fa.example%2Fx.csv%3Fa%3D1%26sig%3Da%252Bb&format=csv");

        assertThat(parameters.find("url")).hasValue("https://a.example/x.csv?a=1&sig=a%2Bb");
        assertThat(parameters.find("format")).hasValue("csv");
    }

    @Test
    @DisplayName("DS-3: a delimiter may be a space")
    void space() {
        assertThat(of("&name=logs&dialect_delimiter=%20").findExact("dialect_delimiter"))
                .hasValue(" ");
    }

    @ParameterizedTest(name = "{0}, form {1}: {2}")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "url=https://x.example/a, false, true",
                "url=https%3A%2F%2Fx.example, true, true",
                "name=x&url=http://x, true, true",
                "name=x&url=http://x, false, false",
                "a=1, true, false",
                "id;b=2, true, false",
                "{\"a\":1}, true, false"
            })
    @DisplayName("client-contract 1, rule 5: what a body is does not depend on its Content-Type alone")
    void forms(String body, boolean saysForm, boolean form) {
        assertThat(LoadParameters.isForm(body, saysForm)).isEqualTo(form);
    }
}
