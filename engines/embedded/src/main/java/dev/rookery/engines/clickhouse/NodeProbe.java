package dev.rookery.engines.clickhouse;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks whether the server on a port is the one that was just started. Another server on the same port answers too;
 * only ours knows the text that was put into its configuration for this start.
 */
record NodeProbe(int port, String identity) {
    private static final int LIMIT_MILLIS = 2_000;

    boolean isAnswered() {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + ServerXml.IDENTITY_PATH)
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            // A connection that is kept alive would hold up the server's stop.
            connection.setRequestProperty("Connection", "close");
            try (var body = connection.getInputStream()) {
                return identity.equals(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
