package dev.rookery.datafile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a data source's rows come from by themselves. Text values may hold {@code {{ tb_secret(…) }}}. */
public sealed interface Connector {

    /** The first connector directive of the file. */
    Position at();

    /**
     * A Kafka topic (DFD-19).
     *
     * @param connection the {@code .connection} file's name
     * @param topic one topic
     * @param groupId the consumer group
     * @param autoOffsetReset {@code latest} (the default) or {@code earliest}
     * @param storeHeaders whether {@code __headers} is kept; absent means no
     * @param storeRawValue whether {@code __value} is filled; absent means no
     * @param keyFormat {@code avro}, {@code json_with_schema} or {@code json_without_schema}
     * @param valueFormat likewise
     * @param legacy older settings that are accepted and change nothing (KA-15), in canonical order
     * @param at the first connector directive; no part of equality
     */
    record Kafka(
            Located<String> connection,
            Located<String> topic,
            Located<String> groupId,
            @Nullable Located<String> autoOffsetReset,
            @Nullable Located<Boolean> storeHeaders,
            @Nullable Located<Boolean> storeRawValue,
            @Nullable Located<String> keyFormat,
            @Nullable Located<String> valueFormat,
            List<Directive> legacy,
            Position at)
            implements Connector {

        /** Copies the list. */
        public Kafka {
            legacy = List.copyOf(legacy);
        }
    }

    /**
     * An import from object storage (DFD-21), or one of the older import services, which stand in {@code legacy}.
     *
     * @param connection the {@code .connection} file's name; null only with an older service
     * @param bucketUri {@code s3://…} or {@code gs://…}, wildcards allowed; null only with an older service
     * @param schedule {@code @auto}, {@code @once}, {@code @on-demand}, or a cron expression with an older service
     * @param fromTimestamp {@code YYYY-MM-DDTHH:MM:SSZ}
     * @param legacy {@code IMPORT_SERVICE} and the settings of older services, in canonical order
     * @param at the first connector directive; no part of equality
     */
    record ObjectStorage(
            @Nullable Located<String> connection,
            @Nullable Located<String> bucketUri,
            @Nullable Located<String> schedule,
            @Nullable Located<String> fromTimestamp,
            List<Directive> legacy,
            Position at)
            implements Connector {

        /** Copies the list. */
        public ObjectStorage {
            legacy = List.copyOf(legacy);
        }
    }
}
