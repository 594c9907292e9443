package dev.rookery.standalone.endtoend;

import com.sun.net.httpserver.HttpExchange;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.testing.TestEngines;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands before ClickHouse and does something when its administrator sends a certain statement, whose sender then gets no
 * answer. Only the control-plane is its administrator.
 */
final class AdminGate {
    private record Blow(Predicate<String> statement, boolean reaches, Runnable action) {}

    private final String administrator = basic(TestEngines.clickHouse().users().admin());
    private final AtomicReference<@Nullable Blow> armed = new AtomicReference<>();
    private final PathRouter router =
            new PathRouter(_ -> TestEngines.clickHouse().http(), new PathRouter.Mishap() {
                @Override
                public boolean losesRequest(HttpExchange exchange, byte[] body) {
                    return strikes(exchange, body, false);
                }

                @Override
                public boolean losesAnswer(HttpExchange exchange, byte[] body) {
                    return strikes(exchange, body, true);
                }
            });

    URI url() {
        return router.url();
    }

    /**
     * Strikes once, at the first statement like this.
     *
     * @param reaches whether ClickHouse runs the statement
     */
    void arm(Predicate<String> statement, boolean reaches, Runnable action) {
        armed.set(new Blow(statement, reaches, action));
    }

    /** @return whether it has struck since it was armed */
    boolean disarm() {
        return armed.getAndSet(null) == null;
    }

    private boolean strikes(HttpExchange exchange, byte[] body, boolean reached) {
        Blow blow = armed.get();
        if (blow == null
                || blow.reaches() != reached
                || !administrator.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !blow.statement().test(new String(body, StandardCharsets.UTF_8))
                || !armed.compareAndSet(blow, null)) {
            return false;
        }
        blow.action().run();
        return true;
    }

    private static String basic(Credentials user) {
        String text = user.user() + ":" + user.password();
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
