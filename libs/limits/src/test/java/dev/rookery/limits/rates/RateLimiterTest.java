package dev.rookery.limits.rates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("Counting requests (LIM, ALGORITHMS.md 20)")
class RateLimiterTest {
    private final TestTime time = new TestTime(Instant.parse("2020-11-21T23:59:00Z"));
    private final SharedBuckets buckets = new SharedBuckets(TestDatabase.shared(), time);
    private final String name = "test:" + UUID.randomUUID();

    private static long passed(RateLimiter limiter, String name, Rate rate, int requests) {
        return IntStream.range(0, requests)
                .filter(n -> limiter.take(name, rate).allowed())
                .count();
    }

    @Nested
    @DisplayName("one instance")
    class One {
        private final RateLimiter limiter = new RateLimiter(buckets, () -> 1);

        @Test
        @DisplayName("LIM-2: 25 at once on a plan of 10 with burst 20: 5 are rejected; 10 come back in a second")
        void burst() {
            Rate rate = Rate.bursting(10, 20);
            assertThat(passed(limiter, name, rate, 25)).isEqualTo(20);
            time.pass(Duration.ofSeconds(1));
            assertThat(passed(limiter, name, rate, 25)).isEqualTo(10);
            time.pass(Duration.ofSeconds(10));
            assertThat(passed(limiter, name, rate, 25)).isEqualTo(20);
        }

        @Test
        @DisplayName("LIM-26: limit, what remains, and whole seconds; Retry-After on refusals alone")
        void headers() {
            Rate rate = Rate.perSecond(2);
            assertThat(limiter.take(name, rate).headers())
                    .containsExactlyInAnyOrderEntriesOf(java.util.Map.of(
                            "X-RateLimit-Limit", "2", "X-RateLimit-Remaining", "1", "X-RateLimit-Reset", "1"));
            limiter.take(name, rate);
            Verdict refused = limiter.take(name, rate);
            assertThat(refused.allowed()).isFalse();
            assertThat(refused.headers())
                    .containsEntry("Retry-After", "1")
                    .containsEntry("X-RateLimit-Remaining", "0")
                    .containsEntry("X-RateLimit-Reset", "1");
        }

        @Test
        @DisplayName("names count apart")
        void names() {
            assertThat(passed(limiter, name, Rate.perSecond(1), 2)).isEqualTo(1);
            assertThat(passed(limiter, name + "b", Rate.perSecond(1), 2)).isEqualTo(1);
        }

        @Test
        @DisplayName("JWT-12: fractions of a request per second")
        void fractions() {
            Rate rate = Rate.perSecond(0.25);
            assertThat(passed(limiter, name, rate, 3)).isEqualTo(1);
            time.pass(Duration.ofMillis(3_900));
            assertThat(limiter.take(name, rate).headers()).containsEntry("Retry-After", "1");
            time.pass(Duration.ofMillis(100));
            assertThat(passed(limiter, name, rate, 3)).isEqualTo(1);
        }

        @Test
        @DisplayName("LIM-1: a day ends at midnight UTC, and its count survives a restart")
        void day() {
            Rate rate = Rate.perDay(10);
            assertThat(passed(limiter, name, rate, 4)).isEqualTo(4);
            RateLimiter restarted = new RateLimiter(new SharedBuckets(TestDatabase.shared(), time), () -> 1);
            assertThat(passed(restarted, name, rate, 20)).isBetween(5L, 6L);
            assertThat(restarted.take(name, rate).retryAfter()).isEqualTo(Duration.ofMinutes(1));
            time.pass(Duration.ofSeconds(61));
            assertThat(passed(restarted, name, rate, 20)).isEqualTo(10);
        }
    }

    @Nested
    @DisplayName("several instances")
    class Several {
        @ParameterizedTest
        @CsvSource({"2,20,10", "3,200,100", "3,1000,1000", "5,60,60"})
        @DisplayName("20: all together pass at most the limit, and at least nine tenths of it")
        void together(int replicas, long capacity, long perSecond) throws InterruptedException, ExecutionException {
            Rate rate = new Rate(capacity, perSecond, Duration.ofSeconds(1));
            assertThat(passedTogether(replicas, rate)).isBetween(capacity * 9 / 10, capacity);
            time.pass(Duration.ofSeconds(1));
            assertThat(passedTogether(replicas, rate)).isBetween(perSecond * 9 / 10, capacity);
        }

        private long passedTogether(int replicas, Rate rate) throws InterruptedException, ExecutionException {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Long>> passed = new ArrayList<>();
                for (int i = 0; i < replicas; i++) {
                    var limiter = new RateLimiter(buckets, () -> replicas);
                    passed.add(threads.submit(() -> passed(limiter, name, rate, (int) rate.capacity() * 2)));
                }
                long sum = 0;
                for (Future<Long> one : passed) {
                    sum += one.get();
                }
                return sum;
            }
        }

        @Test
        @DisplayName("20: a busy instance next to an idle one gets at least nine tenths")
        void uneven() {
            Rate rate = Rate.perSecond(100);
            var idle = new RateLimiter(buckets, () -> 2);
            var busy = new RateLimiter(buckets, () -> 2);
            assertThat(passed(idle, name, rate, 1)).isEqualTo(1);
            assertThat(passed(busy, name, rate, 200)).isBetween(90L, 99L);
        }

        @Test
        @DisplayName("20: a second instance that comes is counted from then on")
        void grows() {
            var replicas = new AtomicInteger(1);
            var limiter = new RateLimiter(buckets, replicas::get);
            Rate rate = Rate.perSecond(10);
            assertThat(passed(limiter, name, rate, 20)).isEqualTo(10);
            replicas.set(2);
            assertThat(passed(limiter, name, rate, 20)).isEqualTo(10);
            var other = new RateLimiter(buckets, replicas::get);
            assertThat(passed(other, name, rate, 20)).isZero();
        }

        @Test
        @DisplayName("20: without Postgres each instance passes its share")
        void unreachable() {
            var nowhere = new PGSimpleDataSource();
            nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
            var limiter = new RateLimiter(new SharedBuckets(nowhere, time), () -> 4);
            assertThat(passed(limiter, name, Rate.perSecond(100), 200)).isEqualTo(25);
        }

        @Test
        @DisplayName("buckets that are full again are deleted")
        void reaped() {
            var limiter = new RateLimiter(buckets, () -> 2);
            limiter.take(name, Rate.perSecond(100));
            var jdbc = JdbcClient.create(TestDatabase.shared());
            // The library goes by the system's clock, a minute after the bucket is full.
            int expired = jdbc.sql(
                            "update rate_limit_buckets set expires_at = 0 where id like :id || '%' and expires_at > 0")
                    .param("id", name)
                    .update();
            assertThat(expired).isEqualTo(1);
            assertThat(buckets.removeFull()).isEqualTo(1);
        }
    }
}
