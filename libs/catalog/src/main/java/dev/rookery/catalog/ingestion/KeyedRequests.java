package dev.rookery.catalog.ingestion;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When requests with an idempotency key were last sent to a topic, so that writers read back only where there is
 * something to drop (ALGORITHMS.md 9). Thread safe.
 */
public final class KeyedRequests {
    /** How much later than recorded the last one may have been sent. */
    public static final Duration INACCURACY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;

    public KeyedRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records it before the request's records are sent; at least once within {@link #INACCURACY}. */
    public void record(String topic) {
        jdbc.sql("""
                        insert into keyed_requests values (:topic, now())
                        on conflict (topic) do update set last_at = greatest(keyed_requests.last_at, excluded.last_at)
                        """).param("topic", topic).update();
    }

    /** The last one; empty when there was none ever. */
    public Optional<Instant> last(String topic) {
        return jdbc.sql("select last_at from keyed_requests where topic = :topic")
                .param("topic", topic)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }
}
