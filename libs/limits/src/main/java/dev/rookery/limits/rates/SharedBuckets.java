package dev.rookery.limits.rates;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/** Buckets in Postgres, in the table {@code rate_limit_buckets}. Thread safe. */
public final class SharedBuckets {
    private static final int REMOVED_AT_ONCE = 1_000;

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final TimeMeter clock;

    public SharedBuckets(DataSource dataSource) {
        this(dataSource, TimeMeter.SYSTEM_MILLISECONDS);
    }

    SharedBuckets(DataSource dataSource, TimeMeter clock) {
        this.clock = clock;
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("rate_limit_buckets")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .clientClock(clock)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build();
    }

    TimeMeter clock() {
        return clock;
    }

    /** Another rate is another bucket: a changed limit starts anew. */
    BucketProxy bucket(String key, Rate rate) {
        String id = "%s %d/%d/%s".formatted(key, rate.capacity(), rate.tokens(), rate.period());
        return buckets.builder()
                .build(id, () -> rate.configuration(Instant.ofEpochMilli(clock.currentTimeNanos() / 1_000_000)));
    }

    /** Deletes buckets that are full again; answers how many. */
    int removeFull() {
        return buckets.removeExpired(REMOVED_AT_ONCE);
    }
}
