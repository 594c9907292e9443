package dev.rookery.ingest.encoding;

import java.util.Map;

/** How ClickHouse must be asked to read the blocks. */
public final class InsertFormat {

    /** Each value is preceded by a byte: 1 for "use the default", 0 for "the value follows". */
    public static final String ROWS = "RowBinaryWithDefaults";

    /** Plain RowBinary: quarantine tables have no defaults. */
    public static final String QUARANTINE = "RowBinary";

    /**
     * Settings every insert of {@link #ROWS} must carry: JSON columns travel as their text, and an object that says
     * a path twice keeps the first instead of failing the whole insert.
     */
    public static final Map<String, String> SETTINGS =
            Map.of("input_format_binary_read_json_as_string", "1", "type_json_skip_duplicated_paths", "1");

    private InsertFormat() {}
}
