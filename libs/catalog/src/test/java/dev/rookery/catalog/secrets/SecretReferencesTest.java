package dev.rookery.catalog.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-2: secrets in the directives of datafiles")
class SecretReferencesTest {
    private static final Map<String, String> SECRETS = Map.of("KEY", "v'al\\ue {{ $1", "HOST", "kafka");

    private static String resolve(String text) {
        return SecretReferences.resolve(text, name -> Optional.ofNullable(SECRETS.get(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{ tb_secret(\"KEY\") }}|v'al\\ue {{ $1",
                "{{tb_secret('KEY', 'x')}}|v'al\\ue {{ $1",
                "{{ tb_secret(\"NONE\", \"a default\") }}|a default",
                "{{ tb_secret('HOST') }}-1:9092,{{ tb_secret('HOST') }}-2:9092|kafka-1:9092,kafka-2:9092",
                "plain|plain"
            })
    void resolved(String text, String value) {
        assertThat(resolve(text)).isEqualTo(value);
    }

    @Test
    @DisplayName("an empty default is one")
    void emptyDefault() {
        assertThat(resolve("{{ tb_secret(\"NONE\", \"\") }}")).isEmpty();
        assertThat(SecretReferences.in("{{ tb_secret('X') }}")).isTrue();
        assertThat(SecretReferences.in("plain")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{ tb_secret(NONE) }}", "{{ other('x') }}", "{{ tb_secret('KEY') + 'x' }}", "{{ tb_secret('KEY'"
            })
    @DisplayName("what is not understood is refused, and shows no value")
    void refused(String text) {
        assertThatThrownBy(() -> resolve(text))
                .isInstanceOf(CatalogException.class)
                .hasMessageNotContaining("v'al");
    }

    @Test
    @DisplayName("a missing secret without a default is named")
    void missing() {
        assertThatThrownBy(() -> resolve("{{ tb_secret('NONE') }}")).hasMessageContaining("'NONE'");
    }
}
