package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitLogParserTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @Test
    @DisplayName("no output is no commit")
    void empty() throws IOException {
        assertThat(parse("")).isEmpty();
    }

    @Test
    @DisplayName("the first commit has no parents")
    void noParents() throws IOException {
        assertThat(parse(commit("0"))).first().satisfies(commit -> {
            assertThat(commit.hash()).isEqualTo(HASH);
            assertThat(commit.parents()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 1970-01-01T00:00:00Z",
        "0, 1970-01-01T00:00:00Z",
        "1700000000, 2023-11-14T22:13:20Z",
        "99999999999999, 2106-02-07T06:28:15Z",
        "'', 1970-01-01T00:00:00Z",
        "nonsense, 1970-01-01T00:00:00Z"
    })
    @DisplayName("dates are kept within what a DateTime column holds")
    void dates(String seconds, Instant expected) throws IOException {
        assertThat(parse(commit(seconds)))
                .first()
                .extracting(Commit::committedAt)
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("bytes that are no UTF-8 do not stop the reading")
    void badUtf8() throws IOException {
        var bytes = (commit("0") + "\n1\t2\tcaf?\0").getBytes(StandardCharsets.US_ASCII);
        bytes[bytes.length - 2] = (byte) 0xE9;
        var commits = new ArrayList<Commit>();
        new GitLogParser(new ByteArrayInputStream(bytes)).forEach(commits::add);

        assertThat(commits.getFirst().changes()).containsExactly(new FileChange("caf\uFFFD", "", 1, 2, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {HASH, HASH + "\0", HASH + "\0\0Ada\0", "1\t2\tpath\0"})
    @DisplayName("output that breaks off, or is something else, is refused")
    void truncated(String output) {
        assertThatThrownBy(() -> parse(output))
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("git log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n1\t2\t\0old\0", "\nx\t2\tpath\0"})
    @DisplayName("a file entry that is not whole is refused")
    void badEntry(String entry) {
        assertThatThrownBy(() -> parse(commit("0") + entry))
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("git log");
    }

    private static String commit(String seconds) {
        return String.join("\0", HASH, "", "Ada", "ada@example.com", seconds, seconds, "subject", "");
    }

    private static List<Commit> parse(String output) throws IOException {
        var commits = new ArrayList<Commit>();
        new GitLogParser(new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8))).forEach(commits::add);
        return commits;
    }
}
