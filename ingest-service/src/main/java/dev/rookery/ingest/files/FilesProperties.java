package dev.rookery.ingest.files;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Files: uploads and imports from URLs.
 *
 * @param block how much of a file is sent at once; the next block follows when it is in ClickHouse, so that other data
 *     sources' rows never wait for more
 * @param storedWithin how long a block may take to be in ClickHouse before the rest of an upload is refused
 * @param urlTimeout how long a URL may take for its whole file
 * @param urlSilence how long it may send nothing
 * @param allowedAddresses addresses in the operator's own networks that URLs may lead to, as {@code 10.1.2.3} or
 *     {@code 10.1.0.0/16}; all others must be public
 * @param maxFile of a file without its compression, where the plan has no limit
 * @param maxParquet of a Parquet file, where the plan has no limit; it is kept on disk while it is read
 * @param maxRowGroup of the compressed bytes of a Parquet file's largest row group, which is read in memory
 */
@ConfigurationProperties("rookery.ingest.files")
record FilesProperties(
        @DefaultValue("32MB") DataSize block,
        @DefaultValue("1m") Duration storedWithin,
        @DefaultValue("6h") Duration urlTimeout,
        @DefaultValue("1m") Duration urlSilence,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue("1TB") DataSize maxFile,
        @DefaultValue("5GB") DataSize maxParquet,
        @DefaultValue("256MB") DataSize maxRowGroup) {}
