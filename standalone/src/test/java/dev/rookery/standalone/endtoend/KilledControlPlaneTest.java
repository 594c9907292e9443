package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.engines.testing.TestEngines;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A deployment that moves rows, with senders at work, whose control-plane is killed and started again: it is completed or
 * rolled back, and every acknowledged row is there once.
 */
@Execution(ExecutionMode.SAME_THREAD)
@DisplayName("The control-plane killed at a step of a deployment")
class KilledControlPlaneTest {
    private static final Logger LOG = LoggerFactory.getLogger(KilledControlPlaneTest.class);

    private static final AdminGate GATE = new AdminGate();
    private static final SeparateServices SERVICES =
            new SeparateServices("killed", GATE.url(), TestEngines.clickHouse().rolePool() / 2);

    @Test
    @DisplayName("in the critical section of the promotion")
    void inThePromotion() {
        assertThat(survives(statement -> statement.startsWith("DROP VIEW"), true))
                .as("killed")
                .isTrue();
    }

    @Test
    @EnabledIfSystemProperty(named = "rookery.soak", matches = "true")
    @DisplayName("at every statement, before it and after it")
    void atEveryStatement() {
        int points = 0;
        for (boolean reaches : new boolean[] {false, true}) {
            int number = 1;
            while (killedAt(number, reaches)) {
                points++;
                number++;
            }
        }
        LOG.info("killed at {} points of a deployment", points);
        assertThat(points).isGreaterThan(20);
    }

    private static boolean killedAt(int number, boolean reaches) {
        AtomicInteger seen = new AtomicInteger();
        return survives(_ -> seen.incrementAndGet() == number, reaches);
    }

    /** @return whether there was such a statement */
    private static boolean survives(Predicate<String> statement, boolean reaches) {
        TestWorkspace workspace = TestWorkspace.withShop(SERVICES);
        String before = live(workspace).orElseThrow();
        Set<Integer> acknowledged;
        boolean struck;
        try (var orders = new AcknowledgedOrders(workspace)) {
            orders.awaitMore();
            GATE.arm(statement, reaches, SERVICES::killControlPlane);
            await("deployed")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isDeployed(workspace, before));
            struck = GATE.disarm();
            orders.awaitMore();
            acknowledged = orders.stop();
        }
        assertThat(workspace.sqlText("SELECT DISTINCT toTypeName(product) FROM orders"))
                .isEqualTo("String");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> AcknowledgedOrders.assertStoredOnce(workspace, acknowledged));
        return struck;
    }

    /** Goes a step on, as somebody does who wants it deployed whatever happens. */
    private static boolean isDeployed(TestWorkspace workspace, String before) {
        if (!SERVICES.isControlPlaneRunning()) {
            letTimePass();
            SERVICES.restartControlPlane();
        }
        try {
            return step(workspace, before);
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    private static boolean step(TestWorkspace workspace, String before) {
        if (!live(workspace).equals(Optional.of(before))) {
            return true;
        }
        assertThat(workspace.sqlText("SELECT count() > 0 FROM orders")).isEqualTo("1");
        Optional<JsonNode> candidate = deployments(workspace)
                .filter(item -> !item.path("live").asBoolean())
                .findFirst();
        if (candidate.isEmpty()) {
            workspace.upload("/v1/deploy", ShopProject.withPlainProducts());
            return false;
        }
        String path = "/v1/deployments/" + candidate.get().path("id").asString();
        switch (candidate.get().path("status").asString()) {
            // Whoever made it is dead: nobody else deploys here.
            case "calculating", "creating_schema" -> Http.method("DELETE", SERVICES.api(), path, workspace.token());
            case "data_ready" -> workspace.post(path + "/set-live", "");
            default -> {}
        }
        return false;
    }

    private static Optional<String> live(TestWorkspace workspace) {
        return deployments(workspace)
                .filter(item -> item.path("live").asBoolean())
                .map(item -> item.path("id").asString())
                .findFirst();
    }

    private static java.util.stream.Stream<JsonNode> deployments(TestWorkspace workspace) {
        Reply reply = workspace.get("/v1/deployments");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json().path("deployments").valueStream();
    }

    /** What the dead one had leased is free at once, as if the time of the leases had passed. */
    private static void letTimePass() {
        SERVICES.jdbc().sql("update barriers set lease_until = now()").update();
        SERVICES.jdbc()
                .sql("update scheduled_tasks set last_heartbeat = now() - interval '1 hour' where picked")
                .update();
    }
}
