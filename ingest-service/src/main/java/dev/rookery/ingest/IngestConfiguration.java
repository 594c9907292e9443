package dev.rookery.ingest;

import dev.rookery.access.AccessConfiguration;
import dev.rookery.catalog.CatalogConfiguration;
import dev.rookery.clickhouse.ClickHouseConfiguration;
import dev.rookery.ingest.events.EventsConfiguration;
import dev.rookery.ingest.files.FilesConfiguration;
import dev.rookery.ingest.log.LogConfiguration;
import dev.rookery.ingest.writer.WriterConfiguration;
import dev.rookery.limits.LimitsConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything the ingest service consists of, for its own main and for standalone. */
@Configuration(proxyBeanMethods = false)
@Import({
    CatalogConfiguration.class,
    ClickHouseConfiguration.class,
    AccessConfiguration.class,
    LimitsConfiguration.class,
    LogConfiguration.class,
    EventsConfiguration.class,
    FilesConfiguration.class,
    WriterConfiguration.class
})
public class IngestConfiguration {}
