package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("Blocks of lines")
class BlockInputTest {
    private static List<String> blocks(InputStream in, long size) throws IOException {
        var input = new BlockInput(in, size);
        List<String> blocks = new ArrayList<>();
        while (input.next()) {
            blocks.add(new String(input.readAllBytes(), StandardCharsets.UTF_8));
        }
        return blocks;
    }

    private static InputStream of(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("a block ends with the first line that ends at its size or behind it")
    void cuts() throws Exception {
        assertThat(blocks(of("ab\ncd\nef\ngh"), 4)).containsExactly("ab\ncd\n", "ef\ngh");
        assertThat(blocks(of("ab\ncd\nef\n"), 3)).containsExactly("ab\n", "cd\n", "ef\n");
        assertThat(blocks(of("abcdefgh\ni\n"), 2)).containsExactly("abcdefgh\n", "i\n");
        assertThat(blocks(of(""), 4)).isEmpty();
    }

    @Test
    @DisplayName("what is left of a block is passed over")
    void passesOver() throws Exception {
        var input = new BlockInput(of("ab\ncd\nef\ngh\n"), 4);
        input.next();
        assertThat(input.read()).isEqualTo('a');

        assertThat(input.next()).isTrue();
        assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("ef\ngh\n");
    }

    @RepeatedTest(20)
    @DisplayName("blocks depend on the bytes alone, not on how they arrive")
    void sameBlocks(RepetitionInfo repetition) throws Exception {
        var random = new Random(repetition.getCurrentRepetition());
        var text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append("x".repeat(random.nextInt(200))).append('\n');
        }
        int size = 1 + random.nextInt(100_000);

        List<String> whole = blocks(of(text.toString()), size);
        List<String> dribbled = blocks(
                new java.io.FilterInputStream(of(text.toString())) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(999)));
                    }
                },
                size);

        assertThat(dribbled).isEqualTo(whole);
        assertThat(String.join("", whole)).isEqualTo(text.toString());
        assertThat(whole.subList(0, whole.size() - 1))
                .allSatisfy(block -> assertThat(block.length()).isBetween(size, size + 200));
    }
}
