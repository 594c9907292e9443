package dev.rookery.ingest.log;

import dev.rookery.ingest.encoding.InsertFormat;

/** What kind of rows a block holds, and how ClickHouse must be asked to read them. */
public enum BlockKind {
    ROWS(0, InsertFormat.ROWS),
    QUARANTINE(1, InsertFormat.QUARANTINE);

    private final int code;
    private final String format;

    BlockKind(int code, String format) {
        this.code = code;
        this.format = format;
    }

    /** The byte that stands for it in the log; never changed. */
    int code() {
        return code;
    }

    static BlockKind of(int code) {
        return switch (code) {
            case 0 -> ROWS;
            case 1 -> QUARANTINE;
            default -> throw new RecordFormatException("unknown kind of block " + code);
        };
    }

    /** ClickHouse's name of the format. */
    public String format() {
        return format;
    }
}
