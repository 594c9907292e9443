package dev.rookery.ingest.log;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.ingest.log.EventRecord.Part;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * {@link EventRecord} as bytes. Version 1, big-endian:
 *
 * <pre>
 * version u8 = 1, workspace 16 bytes, data source 16 bytes, database text, parts u8, then per part
 *   kind u8, table text, columns u16, each text; rows i32, length i32, bytes
 * text = length u16, UTF-8
 * </pre>
 *
 * The values are in the format of the kind ({@link BlockKind#format}), which belongs to the version too.
 */
public final class RecordFormat {
    private static final int VERSION = 1;

    private RecordFormat() {}

    /** What a record takes beside the rows of this part, in bytes. */
    public static int overhead(Target target) {
        return 1 + 32 + textSize(target.database()) + 1 + partOverhead(target);
    }

    private static int partOverhead(Target target) {
        int size = 1 + textSize(target.table()) + 2 + 8;
        for (String column : target.columns()) {
            size += textSize(column);
        }
        return size;
    }

    /** The record's bytes. */
    public static byte[] encode(EventRecord record) {
        Target first = record.parts().getFirst().target();
        int size = 1 + 32 + textSize(first.database()) + 1;
        for (Part part : record.parts()) {
            size += partOverhead(part.target()) + part.block().length();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put((byte) VERSION);
        writeUuid(out, first.workspace().value());
        writeUuid(out, first.source().value());
        writeText(out, first.database());
        out.put((byte) record.parts().size());
        record.parts().forEach(part -> writePart(out, part));
        return out.array();
    }

    /**
     * Reads a record; its blocks share the array.
     *
     * @throws RecordFormatException when the bytes are no record of a version known here
     */
    public static EventRecord decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int version = in.get();
            if (version != VERSION) {
                throw new RecordFormatException("record of version %d, known is %d".formatted(version, VERSION));
            }
            var workspace = new WorkspaceId(readUuid(in));
            var source = new ResourceId(readUuid(in));
            String database = readText(in);
            int count = Byte.toUnsignedInt(in.get());
            List<Part> parts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                parts.add(readPart(in, bytes, workspace, source, database));
            }
            if (in.hasRemaining()) {
                throw new RecordFormatException("%d bytes too many".formatted(in.remaining()));
            }
            return new EventRecord(parts);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new RecordFormatException("cut off or damaged", e);
        }
    }

    private static void writePart(ByteBuffer out, Part part) {
        Target target = part.target();
        out.put((byte) target.kind().code());
        writeText(out, target.table());
        out.putShort((short) target.columns().size());
        target.columns().forEach(column -> writeText(out, column));
        RowBlock block = part.block();
        out.putInt(block.rows());
        out.putInt(block.length());
        block.writeTo(out);
    }

    private static Part readPart(
            ByteBuffer in, byte[] array, WorkspaceId workspace, ResourceId source, String database) {
        BlockKind kind = BlockKind.of(in.get());
        String table = readText(in);
        int columns = Short.toUnsignedInt(in.getShort());
        List<String> names = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            names.add(readText(in));
        }
        int rows = in.getInt();
        int length = in.getInt();
        int offset = in.position();
        in.position(offset + length);
        return new Part(
                new Target(workspace, source, database, table, kind, names), new RowBlock(array, offset, length, rows));
    }

    private static int textSize(String text) {
        return 2 + text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void writeText(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new IllegalArgumentException("a name of %d bytes".formatted(bytes.length));
        }
        out.putShort((short) bytes.length);
        out.put(bytes);
    }

    private static String readText(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeUuid(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits());
        out.putLong(id.getLeastSignificantBits());
    }

    private static UUID readUuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }
}
