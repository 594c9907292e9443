package dev.rookery.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.ingest.log.EventRecord.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Records of the log")
class RecordFormatTest {
    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(1, 2));
    private static final ResourceId SOURCE = new ResourceId(new UUID(3, 4));

    private static Target target(BlockKind kind, String table, String... columns) {
        return new Target(WORKSPACE, SOURCE, "ws_0001", table, kind, List.of(columns));
    }

    private static Part part(Target target, int rows, String bytes) {
        byte[] array = ("??" + bytes).getBytes(StandardCharsets.UTF_8);
        return new Part(target, new RowBlock(array, 2, array.length - 2, rows));
    }

    private static String content(RowBlock block) {
        ByteBuffer out = ByteBuffer.allocate(block.length());
        block.writeTo(out);
        return new String(out.array(), StandardCharsets.UTF_8);
    }

    private final EventRecord record = new EventRecord(List.of(
            part(target(BlockKind.ROWS, "t_1", "a", "grüße", ""), 3, "rows"),
            part(target(BlockKind.QUARANTINE, "q_1", "a"), 1, "")));

    @Test
    @DisplayName("are read as they were written")
    void roundTrip() {
        EventRecord read = RecordFormat.decode(RecordFormat.encode(record));

        assertThat(read.parts())
                .extracting(Part::target)
                .isEqualTo(record.parts().stream().map(Part::target).toList());
        assertThat(read.parts()).extracting(one -> content(one.block())).containsExactly("rows", "");
        assertThat(read.parts()).extracting(one -> one.block().rows()).containsExactly(3, 1);
    }

    @Test
    @DisplayName("keep version 1 byte for byte: records of it are in the log")
    void versionOne() {
        byte[] bytes = RecordFormat.encode(new EventRecord(List.of(part(target(BlockKind.ROWS, "t", "c"), 2, "x"))));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("01" + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004"
                        + "000777735f30303031" + "01" + "00" + "000174" + "0001" + "000163" + "00000002" + "00000001"
                        + "78");
    }

    @Test
    @DisplayName("are never larger than the overhead says")
    void overhead() {
        Part only = record.parts().getFirst();

        assertThat(RecordFormat.encode(new EventRecord(List.of(only))))
                .hasSize(RecordFormat.overhead(only.target()) + only.block().length());
    }

    @Test
    @DisplayName("of another version, cut off or with something behind are refused, never misread")
    void damaged() {
        byte[] bytes = RecordFormat.encode(record);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RecordFormat.decode(cut)).isInstanceOf(RecordFormatException.class);
        }
        assertThatThrownBy(() -> RecordFormat.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(RecordFormatException.class);
        bytes[0] = 2;
        assertThatThrownBy(() -> RecordFormat.decode(bytes)).hasMessageContaining("version 2");
    }

    @Test
    @DisplayName("belong to one data source, with one block per target")
    void oneSource() {
        Target other =
                new Target(WORKSPACE, new ResourceId(new UUID(9, 9)), "ws_0001", "t", BlockKind.ROWS, List.of("a"));
        Part one = record.parts().getFirst();

        assertThatThrownBy(() -> new EventRecord(List.of(one, part(other, 1, ""))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventRecord(List.of(one, one))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("tell layouts apart, also where names run together")
    void layoutKey() {
        assertThat(List.of(
                        target(BlockKind.ROWS, "t", "ab", "c").layoutKey(),
                        target(BlockKind.ROWS, "t", "a", "bc").layoutKey(),
                        target(BlockKind.QUARANTINE, "t", "ab", "c").layoutKey()))
                .doesNotHaveDuplicates();
        assertThat(target(BlockKind.ROWS, "t", "a").layoutKey())
                .isEqualTo(target(BlockKind.ROWS, "other", "a").layoutKey())
                .hasSize(9);
    }

    @Test
    @DisplayName("Commit notices are read as they were written; others are ignored")
    void notices() {
        var notice = new CommitNotice(new TopicPartition("rookery.events.main.fast", 3), 77, Map.of());

        assertThat(CommitNotice.parse(notice.toBytes())).hasValue(notice);
        var source = new ResourceId(new UUID(1, 2));
        var excepting = new CommitNotice(notice.partition(), 77, Map.of(source, 50L));
        assertThat(CommitNotice.parse(excepting.toBytes())).hasValue(excepting);
        assertThat(new String(excepting.toBytes(), StandardCharsets.UTF_8))
                .as("to readers that know no exceptions, it says nothing")
                .startsWith("v2;");
        assertThat(excepting.covers(source, 49)).isTrue();
        assertThat(excepting.covers(source, 50)).isFalse();
        assertThat(excepting.covers(new ResourceId(new UUID(1, 3)), 76)).isTrue();
        for (String text : new String[] {
            "",
            "v3;topic=a;partition=1;end=2",
            "v2;topic=a;partition=1;end=2",
            "v1;topic=a;end=1;partition=2",
            "v1;topic=a"
        }) {
            assertThat(CommitNotice.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }
}
