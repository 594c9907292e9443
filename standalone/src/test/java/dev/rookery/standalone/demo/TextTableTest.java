package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.standalone.demo.TextTable.Column;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final List<Column> COLUMNS = List.of(new Column("name", false), new Column("n", true));

    @Test
    @DisplayName("text stands to the left, numbers to the right")
    void aligned() {
        assertThat(new TextTable(COLUMNS, List.of(List.of("Ada", "12345"), List.of("Grace", "7"))).lines())
                .containsExactly(
                        "name       n", //
                        "-----  -----",
                        "Ada    12345",
                        "Grace      7");
    }

    @Test
    @DisplayName("without rows the header remains")
    void noRows() {
        assertThat(new TextTable(COLUMNS, List.of()).lines()).containsExactly("name  n", "----  -");
    }

    @Test
    @DisplayName("a long cell is cut, between characters")
    void longCell() {
        var lines = new TextTable(COLUMNS, List.of(List.of("\uD83D\uDC26".repeat(50), "1"))).lines();

        assertThat(lines.getLast()).isEqualTo("\uD83D\uDC26".repeat(41) + "...  1");
    }

    @Test
    @DisplayName("control characters in a cell never reach the terminal")
    void controlCharacters() {
        var lines = new TextTable(COLUMNS, List.of(List.of("a\u001b[31m\r\nb\u202e", "1"))).lines();

        assertThat(lines.getLast()).isEqualTo("a [31m  b   1");
    }
}
