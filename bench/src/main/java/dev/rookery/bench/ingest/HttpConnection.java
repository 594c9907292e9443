package dev.rookery.bench.ingest;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive connection that sends prepared bytes and understands just enough of the answers: a client that costs next
 * to nothing beside the server it measures. One thread.
 */
final class HttpConnection implements AutoCloseable {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final int PATIENCE_MILLIS = 60_000;

    private final URI server;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private boolean usable;
    private String answer = "";

    private HttpConnection(URI server) {
        this.server = server;
    }

    static HttpConnection to(URI server) {
        return new HttpConnection(server);
    }

    /** One that leads nowhere. */
    static HttpConnection closed() {
        return new HttpConnection(NOWHERE);
    }

    private void open() throws IOException {
        socket.close();
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
        usable = true;
    }

    /** The head of a POST, with its empty line. */
    static byte[] head(URI server, String pathAndQuery, String headers, long length) {
        return "POST %s HTTP/1.1\r\nHost: %s:%d\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(pathAndQuery, server.getHost(), server.getPort(), headers, length)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a request and reads the answer; its status. */
    int post(byte[] head, byte[] body) throws IOException {
        if (!usable) {
            open();
        }
        OutputStream out = socket.getOutputStream();
        if (body.length < 16 << 10) {
            byte[] whole = new byte[head.length + body.length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(body, 0, whole, head.length, body.length);
            out.write(whole);
        } else {
            out.write(head);
            out.write(body);
        }
        return readAnswer();
    }

    /** The last answer's body. */
    String answer() {
        return answer;
    }

    private int readAnswer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            if (lower.equals("connection: close")) {
                usable = false;
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        answer = chunked ? chunks() : new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return status;
    }

    private String chunks() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            text.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line();
            if (size == 0) {
                return text.toString();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
