package dev.rookery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Pattern WORD = Pattern.compile("\"([A-Z][A-Z0-9_]*)\"");

    @Test
    @DisplayName("the table holds every word that a parser asks for, in any case")
    void holdsWhatParsersAskFor() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src", "main", "java", "dev", "rookery", "sql"))) {
            for (Path source : sources.toList()) {
                WORD.matcher(Files.readString(source)).results().forEach(found -> asked.add(found.group(1)));
            }
        }

        assertThat(asked).hasSizeGreaterThan(200).allSatisfy(word -> {
            assertThat(Words.known(word, 0, word.length())).isEqualTo(word);
            assertThat(Words.known('x' + word.toLowerCase(Locale.ROOT) + ' ', 1, 1 + word.length()))
                    .isEqualTo(word);
        });
    }

    @Test
    @DisplayName("and no other")
    void holdsNoOther() {
        assertThat(Words.known("selec", 0, 5)).isEmpty();
        assertThat(Words.known("users", 0, 4)).isEqualTo("USER");
        assertThat(Words.known("a_very_long_name_of_a_column", 0, 28)).isEmpty();
    }
}
