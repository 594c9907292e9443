package dev.rookery.engines.clickhouse;

import dev.rookery.engines.clickhouse.HostileConnections.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that sends bytes and leaves. What the server does to the connection in return is its own affair. */
final class RawClient {
    private static final int CONNECT_LIMIT_MILLIS = 3_000;

    private RawClient() {}

    /**
     * Sends bytes, listens for a while, leaves.
     *
     * @param listenMillis how long to listen for an answer before the connection ends
     * @return how many bytes were answered meanwhile
     */
    static long send(int port, byte[] bytes, int listenMillis, Ending ending) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), CONNECT_LIMIT_MILLIS);
            if (ending == Ending.RESET) {
                socket.setSoLinger(true, 0);
            }
            try {
                socket.getOutputStream().write(bytes);
                if (ending == Ending.HALF_CLOSE) {
                    socket.shutdownOutput();
                }
                socket.setSoTimeout(Math.max(listenMillis, 1));
                byte[] answer = new byte[4096];
                return Math.max(0, socket.getInputStream().read(answer));
            } catch (IOException e) {
                // A server may cut off or ignore such a client: only its own life is examined.
                return 0;
            }
        }
    }
}
