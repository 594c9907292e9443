package dev.rookery.gateway.query;

import dev.rookery.sql.Setting;
import dev.rookery.sql.SqlException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** ClickHouse settings that tenants may choose; all others are ours (rule 12). */
public final class ClientSettings {
    /** How long a query may take, in seconds; never above what the operator allows. */
    static final String MAX_EXECUTION_TIME = "max_execution_time";

    /** Settings of the output that the APIs also take as parameters (client-contract.md 10). */
    static final Set<String> OUTPUT = Set.of(
            "output_format_json_quote_64bit_integers",
            "output_format_json_quote_denormals",
            "output_format_parquet_string_as_string");

    /** Every setting a statement may set, at any level. */
    static final Set<String> NAMES = Set.of(
            MAX_EXECUTION_TIME,
            "max_threads",
            "max_block_size",
            "max_result_rows",
            "result_overflow_mode",
            "join_algorithm",
            "join_use_nulls",
            "group_by_use_nulls",
            "transform_null_in",
            "extremes",
            "optimize_read_in_order",
            "optimize_aggregation_in_order",
            "prefer_column_name_to_alias",
            "cast_keep_nullable",
            "count_distinct_implementation",
            "session_timezone",
            "use_skip_indexes",
            "do_not_merge_across_partitions_select_final",
            "date_time_output_format",
            "date_time_input_format",
            "format_csv_delimiter",
            "output_format_csv_crlf_end_of_line",
            "output_format_json_quote_64bit_integers",
            "output_format_json_quote_denormals",
            "output_format_json_quote_decimals",
            "output_format_json_escape_forward_slashes",
            "output_format_json_named_tuples_as_objects",
            "output_format_json_array_of_rows",
            "output_format_parquet_string_as_string",
            "output_format_parquet_compression_method",
            "output_format_arrow_string_as_string",
            "output_format_arrow_compression_method",
            "output_format_native_use_flattened_dynamic_and_json_serialization",
            "output_format_binary_write_json_as_string",
            "output_format_pretty_max_rows",
            "output_format_write_statistics");

    /** What a statement may use. Limits are put on the whole statement, so no part of it has its own. */
    private static final Set<String> RESOURCES =
            Set.of(MAX_EXECUTION_TIME, "max_threads", "max_block_size", "max_result_rows");

    private ClientSettings() {}

    /** @throws SqlException when a part of the statement sets what only the whole may */
    static void check(Setting setting) {
        if (RESOURCES.contains(setting.name()) && !setting.topLevel()) {
            throw new SqlException(
                    "The setting %s is for the whole statement".formatted(setting.name()),
                    setting.position().line(),
                    setting.position().column());
        }
    }

    /** Those of the parameters that are settings of the output. */
    public static Map<String, String> ofParameters(QueryParameters parameters) {
        Map<String, String> settings = new LinkedHashMap<>();
        OUTPUT.forEach(name -> parameters.find(name).ifPresent(value -> settings.put(name, value)));
        return settings;
    }

    /** Those of a driver's settings that it may choose; drivers send more than they need, which is left out. */
    public static Map<String, String> allowed(Map<String, String> wanted) {
        Map<String, String> settings = new LinkedHashMap<>();
        wanted.forEach((name, value) -> {
            if (NAMES.contains(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }
}
