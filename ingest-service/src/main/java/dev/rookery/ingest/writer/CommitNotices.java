package dev.rookery.ingest.writer;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.ingest.log.CommitNotice;
import dev.rookery.ingest.log.EventLog;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the HTTP role what is stored. Nothing depends on a notice but how soon a waiting client is answered. */
final class CommitNotices {
    private static final Logger LOG = LoggerFactory.getLogger(CommitNotices.class);

    private final EventLog log;

    CommitNotices(EventLog log) {
        this.log = log;
    }

    /** @param exceptions data sources of which only what is below another offset is stored */
    void publish(TopicPartition partition, long end, Map<ResourceId, Long> exceptions) {
        byte[] key = partition.toString().getBytes(StandardCharsets.UTF_8);
        var _ = log.append(Topics.COMMITS, null, key, new CommitNotice(partition, end, exceptions).toBytes(), null)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.warn("commit notice lost partition={} cause=\"{}\"", partition, failure.toString());
                    }
                });
    }
}
