package dev.rookery.catalog.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Scopes of static tokens")
class ScopeTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "TOK-10, DATASOURCES:READ:events, DATASOURCES_READ, events",
        "TOK-11, DATASOURCES:APPEND:events, DATASOURCES_APPEND, events",
        "TOK-12, PIPES:READ:top_pages, PIPES_READ, top_pages",
        "TOK-13, TOKENS, TOKENS, ''",
        "TOK-14, ADMIN, ADMIN, ''",
        "TOK-15, WORKSPACE:READ_ALL, WORKSPACE_READ_ALL, ''",
        "TOK-16, ORG_DATASOURCES:READ, ORG_DATASOURCES_READ, ''",
        "contract 7, DATASOURCES:CREATE, DATASOURCES_CREATE, ''",
        "contract 7, PIPES:CREATE, PIPES_CREATE, ''",
        "contract 7, PIPES:DROP:old, PIPES_DROP, old",
        "contract 7, DATASOURCES:DROP:old, DATASOURCES_DROP, old",
        "EV-6, DATASOURCE:APPEND:events, DATASOURCES_APPEND, events",
        "EV-6, DATASOURCE:CREATE, DATASOURCES_CREATE, ''",
        "EV-6, PIPE:READ:top, PIPES_READ, top",
        "any case, datasources:read:Events, DATASOURCES_READ, Events",
        "an empty filter, DATASOURCES:READ:events:, DATASOURCES_READ, events",
        "blanks around, ' ADMIN ', ADMIN, ''",
    })
    void understood(String row, String text, ScopeType type, String resource) {
        assertThat(Scope.parse(text)).isEqualTo(new Scope(type, resource));
        assertThat(Scope.parse(Scope.parse(text).toString())).isEqualTo(new Scope(type, resource));
    }

    @ParameterizedTest(name = "TOK-17: {0}")
    @ValueSource(strings = {"DATASOURCES:READ:events:a = 1", "DATASOURCES:READ:events:a:b", "PIPES:READ:top:x"})
    void filtersAreRefused(String text) {
        assertThatThrownBy(() -> Scope.parse(text))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
                .hasMessageContaining("JWT");
    }

    @ParameterizedTest(name = "refused: \"{0}\"")
    @ValueSource(
            strings = {
                "",
                ":",
                "ADMIN:events",
                "EVERYTHING",
                "DATASOURCES",
                "DATASOURCES:READ",
                "DATASOURCES:READ: ",
                "DATASOURCES:CREATE:events",
                "TOKENS:x",
                "PIPES:WRITE:top",
                "READ:events"
            })
    void refused(String text) {
        assertThatThrownBy(() -> Scope.parse(text))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    @DisplayName("A filter that looks like another scope's end never widens the scope")
    void noWidening() {
        assertThatThrownBy(() -> Scope.parse("DATASOURCES:READ:events::ADMIN")).isInstanceOf(CatalogException.class);
    }
}
