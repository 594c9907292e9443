package dev.rookery.engines.process;

import dev.rookery.engines.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on the loopback address. */
public final class FreePorts {
    // Below the range that systems hand to outgoing connections, which could take the port before the engine does.
    private static final int LOWEST = 14_000;
    private static final int HIGHEST = 31_999;

    private FreePorts() {}

    /**
     * The preferred port if it is free, any free one otherwise.
     *
     * @param preferred 1 to 65535, or 0 for any
     */
    public static int choose(int preferred) {
        if (preferred > 0 && isFree(preferred)) {
            return preferred;
        }
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new EngineException("No free port between " + LOWEST + " and " + HIGHEST + " on the loopback address.");
    }

    /**
     * Refuses a port that another program listens on.
     *
     * @param port the port
     * @param purpose what it is for, as in "ClickHouse's HTTP interface"
     */
    public static void requireFree(int port, String purpose) {
        if (!isFree(port)) {
            throw new EngineException(busyMessage(port, purpose));
        }
    }

    /** What to say about a port that is taken. */
    public static String busyMessage(int port, String purpose) {
        return "Port " + port + " for " + purpose
                + " is in use by another program: stop that program or choose another port.";
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // Connections of an earlier run that linger in TIME_WAIT do not hinder the engines either.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
