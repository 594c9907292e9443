package dev.rookery.ingest.files.parquet;

import dev.rookery.ingest.files.parquet.ThriftValue.Int;
import dev.rookery.ingest.files.parquet.ThriftValue.Sequence;
import dev.rookery.ingest.files.parquet.ThriftValue.Struct;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * A Parquet file on disk, as files of one row group each. What such a file lacks are the indexes and filters that only
 * serve searches. One thread; the channel stays the caller's.
 */
public final class ParquetFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 8;
    private static final int MAX_FOOTER = 32 << 20;

    // Ids of fields, by their names in Parquet's definition.
    private static final int FILE_NUM_ROWS = 3;
    private static final int FILE_ROW_GROUPS = 4;
    private static final int FILE_ENCRYPTION = 8;
    private static final int GROUP_COLUMNS = 1;
    private static final int GROUP_NUM_ROWS = 3;
    private static final int GROUP_FILE_OFFSET = 5;
    private static final int GROUP_ORDINAL = 7;
    private static final int CHUNK_FILE_PATH = 1;
    private static final int CHUNK_FILE_OFFSET = 2;
    private static final int CHUNK_META_DATA = 3;
    private static final List<Integer> CHUNK_INDEXES = List.of(4, 5, 6, 7);
    private static final int CHUNK_ENCRYPTED = 8;
    private static final int COLUMN_SIZE = 7;
    private static final int COLUMN_DATA = 9;
    private static final int COLUMN_INDEX = 10;
    private static final int COLUMN_DICTIONARY = 11;
    private static final List<Integer> COLUMN_FILTERS = List.of(14, 15);

    private final FileChannel channel;
    private final Struct metadata;
    private final List<Struct> groups;
    private final long footerStart;

    private ParquetFile(FileChannel channel, Struct metadata, List<Struct> groups, long footerStart) {
        this.channel = channel;
        this.metadata = metadata;
        this.groups = groups;
        this.footerStart = footerStart;
    }

    /** @throws BadParquetException when it is none, or encrypted */
    public static ParquetFile open(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 2L * MAGIC.length + TAIL) {
            throw new BadParquetException("it is too short");
        }
        ByteBuffer tail = read(channel, size - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
        int length = tail.getInt();
        byte[] magic = new byte[MAGIC.length];
        tail.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new BadParquetException("it does not end as Parquet does, or is encrypted");
        }
        if (length <= 0 || length > MAX_FOOTER || length > size - TAIL - MAGIC.length) {
            throw new BadParquetException("its footer is damaged, or larger than 32 MB");
        }
        long start = size - TAIL - length;
        Struct metadata = new ThriftReader(read(channel, start, length).array()).struct();
        if (metadata.fields().containsKey(FILE_ENCRYPTION)) {
            throw new BadParquetException("it is encrypted");
        }
        return new ParquetFile(channel, metadata, structs(metadata, FILE_ROW_GROUPS), start);
    }

    /** How many row groups it has. */
    public int groups() {
        return groups.size();
    }

    /** How many bytes a row group takes in the file. */
    public long groupSize(int group) {
        Range range = range(structs(groups.get(group), GROUP_COLUMNS));
        return range.end() - range.start();
    }

    /** A file of its own. */
    public record Part(long length, InputStream content) {}

    /** A file of the same columns without rows. */
    public byte[] empty() {
        byte[] footer = footer(0, List.of());
        return ByteBuffer.allocate(MAGIC.length + footer.length)
                .put(MAGIC)
                .put(footer)
                .array();
    }

    /** A file with the rows of one row group. */
    public Part part(int group) throws IOException {
        Struct original = groups.get(group);
        List<Struct> chunks = structs(original, GROUP_COLUMNS);
        Range range = range(chunks);
        long shift = range.start() - MAGIC.length;
        List<ThriftValue> moved = new ArrayList<>();
        for (Struct chunk : chunks) {
            moved.add(moved(chunk, shift));
        }
        var fields = new TreeMap<>(original.fields());
        fields.put(GROUP_COLUMNS, new Sequence(ThriftReader.LIST, ThriftReader.STRUCT, moved));
        fields.remove(GROUP_ORDINAL);
        if (fields.containsKey(GROUP_FILE_OFFSET)) {
            fields.put(GROUP_FILE_OFFSET, new Int(ThriftReader.I64, MAGIC.length));
        }
        byte[] footer = footer(number(original, GROUP_NUM_ROWS), List.of(new Struct(fields)));
        InputStream rows =
                new Slice(Channels.newInputStream(channel.position(range.start())), range.end() - range.start());
        return new Part(
                MAGIC.length + range.end() - range.start() + footer.length,
                new SequenceInputStream(Collections.enumeration(
                        List.of(new ByteArrayInputStream(MAGIC), rows, new ByteArrayInputStream(footer)))));
    }

    private byte[] footer(long rows, List<ThriftValue> rowGroups) {
        var fields = new TreeMap<>(metadata.fields());
        fields.put(FILE_NUM_ROWS, new Int(ThriftReader.I64, rows));
        fields.put(FILE_ROW_GROUPS, new Sequence(ThriftReader.LIST, ThriftReader.STRUCT, rowGroups));
        byte[] thrift = ThriftWriter.bytes(new Struct(fields));
        return ByteBuffer.allocate(thrift.length + TAIL)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(thrift)
                .putInt(thrift.length)
                .put(MAGIC)
                .array();
    }

    private static Struct moved(Struct chunk, long shift) {
        var fields = new TreeMap<>(chunk.fields());
        CHUNK_INDEXES.forEach(fields::remove);
        fields.put(CHUNK_FILE_OFFSET, new Int(ThriftReader.I64, 0));
        Struct column = column(chunk);
        var columnFields = new TreeMap<>(column.fields());
        COLUMN_FILTERS.forEach(columnFields::remove);
        for (int offset : List.of(COLUMN_DATA, COLUMN_INDEX, COLUMN_DICTIONARY)) {
            if (columnFields.containsKey(offset)) {
                long at = number(column, offset);
                columnFields.put(offset, new Int(ThriftReader.I64, at > 0 ? at - shift : at));
            }
        }
        fields.put(CHUNK_META_DATA, new Struct(columnFields));
        return new Struct(fields);
    }

    private record Range(long start, long end) {}

    private Range range(List<Struct> chunks) {
        long start = Long.MAX_VALUE;
        long end = 0;
        for (Struct chunk : chunks) {
            if (chunk.fields().containsKey(CHUNK_FILE_PATH) || chunk.fields().containsKey(CHUNK_ENCRYPTED)) {
                throw new BadParquetException("some of its columns are in other files, or encrypted");
            }
            Struct column = column(chunk);
            long from = number(column, COLUMN_DATA);
            if (column.fields().containsKey(COLUMN_DICTIONARY)) {
                long dictionary = number(column, COLUMN_DICTIONARY);
                from = dictionary > 0 ? Math.min(from, dictionary) : from;
            }
            long size = number(column, COLUMN_SIZE);
            if (from < MAGIC.length || size < 0 || from > footerStart || size > footerStart - from) {
                throw new BadParquetException("its footer names places outside of the file");
            }
            start = Math.min(start, from);
            end = Math.max(end, from + size);
        }
        if (chunks.isEmpty()) {
            throw new BadParquetException("a row group has no columns");
        }
        return new Range(start, end);
    }

    private static Struct column(Struct chunk) {
        if (chunk.fields().get(CHUNK_META_DATA) instanceof Struct column) {
            return column;
        }
        throw new BadParquetException("its footer does not say where the columns are");
    }

    private static List<Struct> structs(Struct of, int field) {
        List<Struct> structs = new ArrayList<>();
        if (of.fields().get(field) instanceof Sequence sequence) {
            for (ThriftValue element : sequence.elements()) {
                if (!(element instanceof Struct struct)) {
                    throw new BadParquetException("its footer is damaged");
                }
                structs.add(struct);
            }
        }
        return structs;
    }

    private static long number(Struct of, int field) {
        if (of.fields().get(field) instanceof Int number) {
            return number.value();
        }
        throw new BadParquetException("its footer is damaged");
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new BadParquetException("it is cut off");
            }
        }
        return buffer.flip();
    }
}
