package dev.rookery.limits.rates;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many instances of this service there are, as their leases in the catalog tell (ALGORITHMS.md E5). A new one is seen
 * within 2 s. Thread safe.
 */
public final class Replicas {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final String service;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Instant nextLook = Instant.MIN;
    private volatile int count = 1;

    /** @param service the name under which instances register */
    public Replicas(JdbcClient jdbc, InstantSource clock, String service) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.service = service;
    }

    /** At least 1, for somebody asks. Never waits but the first time. */
    public int count() {
        Instant now = clock.instant();
        if (now.isAfter(nextLook) && looking.compareAndSet(false, true)) {
            boolean first = nextLook.equals(Instant.MIN);
            nextLook = now.plus(LOOK_EVERY);
            if (first) {
                look();
            } else {
                Thread.startVirtualThread(this::look);
            }
        }
        return count;
    }

    private void look() {
        try {
            count = Math.max(
                    1,
                    jdbc.sql("""
                                    select count(*) from service_instances
                                     where service = :service and lease_until > now() and revoked_at is null
                                    """).param("service", service).query(Integer.class).single());
        } catch (DataAccessException e) {
            LOG.warn("Cannot count the instances of {}; still taking them for {}: {}", service, count, e.getMessage());
        } finally {
            looking.set(false);
        }
    }
}
