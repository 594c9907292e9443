package dev.rookery.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.gateway.limits.EndpointGuard.Call;
import dev.rookery.gateway.testing.Gateway;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Endpoints that fail while memory is short (LIM-29, LIM-30)")
class EndpointGuardTest {
    private static final WorkspaceId WORKSPACE = new WorkspaceId(UUID.randomUUID());
    private static final ClusterId CLUSTER = new ClusterId(UUID.randomUUID());

    private final AtomicLong second = new AtomicLong(1_000);
    private final AtomicInteger percent = new AtomicInteger(90);
    private final AtomicInteger asked = new AtomicInteger();
    private final EndpointGuard guard = new EndpointGuard(() -> Instant.ofEpochSecond(second.get()), _ -> {
        asked.incrementAndGet();
        return percent.get() / 100.0;
    });

    private Call enter(String pipe) {
        return guard.enter(WORKSPACE, pipe, CLUSTER, 0.8);
    }

    /** Ten calls a second, one after the other. */
    private void seconds(int count, int failing) {
        for (int i = 0; i < count; i++) {
            second.incrementAndGet();
            for (int call = 0; call < 10; call++) {
                enter("top").ended(call < failing);
            }
        }
    }

    private int atOnce(String pipe) {
        List<Call> calls = new ArrayList<>();
        try {
            while (calls.size() < 500) {
                calls.add(enter(pipe));
            }
        } catch (ApiException e) {
            assertThat(e.status().value()).isEqualTo(429);
            assertThat(e.headers()).containsEntry("Retry-After", "1");
        }
        int reached = calls.size();
        calls.forEach(call -> call.ended(false));
        return reached;
    }

    @Test
    @DisplayName("LIM-30: 10 calls a second with 5 failing: 5 at once, and others of the workspace as before")
    void half() {
        seconds(10, 5);
        second.incrementAndGet();
        assertThat(atOnce("top")).isEqualTo(5);
        assertThat(atOnce("other")).isEqualTo(500);
    }

    @Test
    @DisplayName("LIM-29: errors alone do nothing, nor does memory alone")
    void both() {
        percent.set(79);
        seconds(10, 9);
        second.incrementAndGet();
        assertThat(atOnce("top")).isEqualTo(500);
        percent.set(99);
        second.addAndGet(60);
        asked.set(0);
        seconds(10, 1);
        second.incrementAndGet();
        assertThat(atOnce("top")).as("a tenth is not more than a tenth").isEqualTo(500);
        assertThat(asked).as("nobody asks for healthy endpoints").hasValue(0);
    }

    @Test
    @DisplayName("LIM-30: all failing leaves one at once, and it is relaxed gradually when the errors stop")
    void relaxed() {
        seconds(10, 10);
        second.incrementAndGet();
        assertThat(atOnce("top")).isEqualTo(1);
        percent.set(10);
        List<Integer> reached = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            second.incrementAndGet();
            Call call = enter("top");
            call.ended(false);
            reached.add(atOnce("top"));
        }
        assertThat(reached).isSorted().startsWith(2, 3).endsWith(500);
    }

    @Test
    @DisplayName("few calls say nothing about a share")
    void few() {
        for (int i = 0; i < 9; i++) {
            enter("rare").ended(true);
        }
        second.incrementAndGet();
        assertThat(atOnce("rare")).isEqualTo(500);
    }

    @Test
    @DisplayName("a refused call is not under way")
    void refused() {
        seconds(10, 10);
        second.incrementAndGet();
        Call only = enter("top");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> enter("top")).isInstanceOf(ApiException.class);
        }
        only.ended(true);
        enter("top").ended(true);
    }

    @Test
    @DisplayName("LIM-29: ClickHouse tells how much of its memory is in use")
    void memory() {
        var cluster = Gateway.shared().bean(ClusterStore.class).all().getFirst().id();
        var memory = new ClusterMemory(Gateway.shared().bean(ClusterConnections.class), InstantSource.system());
        double measured = memory.measure(cluster);
        assertThat(measured).isBetween(0.0, 1.0);
        assertThat(memory.share(cluster)).as("never waited for").isZero();
    }
}
