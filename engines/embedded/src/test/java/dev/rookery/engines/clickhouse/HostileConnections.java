package dev.rookery.engines.clickhouse;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Connections that a node must survive: each of them ends the process, or is suspected to, when the library runs
 * without a terminal.
 */
final class HostileConnections {
    private static final String INSERT = "query=" + encoded("INSERT INTO ws_0001.hostile FORMAT CSV");
    private static final int CLIENT_REVISION = 54_400;

    private final int http;
    private final int tcp;
    private final String login;
    private final String password;
    private final Random random = new Random(1);

    HostileConnections(ClickHouseConnection node) {
        http = node.http().getPort();
        tcp = node.tcpPort().orElseThrow();
        password = node.users().admin().password();
        login = "user=admin&password=" + password;
    }

    List<Vector> all() {
        var all = new ArrayList<Vector>();
        all.addAll(brokenRequests());
        all.addAll(brokenBodies());
        all.addAll(clientsThatLeave());
        all.addAll(serverSideErrors());
        all.addAll(nativeProtocol());
        return all;
    }

    private List<Vector> brokenRequests() {
        String partial = "GET /?query=select HTTP/1.1\r\nHost: x\r\n";
        byte[] garbage = new byte[3000];
        random.nextBytes(garbage);
        return List.of(
                Vector.of("connect, close", http, "", Ending.CLOSE),
                Vector.of("connect, reset", http, "", Ending.RESET),
                Vector.of("partial headers, close", http, partial, Ending.CLOSE),
                Vector.of("partial headers, reset", http, partial, Ending.RESET),
                new Vector("garbage", http, garbage, Ending.HALF_CLOSE),
                Vector.of("huge header", http, "GET / HTTP/1.1\r\nX: " + "a".repeat(3_000_000), Ending.HALF_CLOSE),
                Vector.of("unknown method", http, "FOO / HTTP/1.1\r\nHost: x\r\n\r\n", Ending.HALF_CLOSE),
                Vector.of("bad escape", http, "GET /?query=%zz%1 HTTP/1.1\r\nHost: x\r\n\r\n", Ending.HALF_CLOSE),
                Vector.of(
                        "wrong password",
                        http,
                        "GET /?user=admin&password=x&query=select+1 HTTP/1.1\r\nHost: x\r\n\r\n",
                        Ending.HALF_CLOSE));
    }

    private List<Vector> brokenBodies() {
        String form = "Content-Type: multipart/form-data; boundary=xx\r\n";
        return List.of(
                insert("length is no number", "Content-Length: abc\r\n", "1,a\n", Ending.HALF_CLOSE),
                insert("length is negative", "Content-Length: -5\r\n", "1,a\n", Ending.HALF_CLOSE),
                insert("short body, close", "Content-Length: 100000\r\n", "1,a\n", Ending.CLOSE),
                insert("short body, half close", "Content-Length: 100000\r\n", "1,a\n", Ending.HALF_CLOSE),
                insert("short body, reset", "Content-Length: 100000\r\n", "1,a\n", Ending.RESET),
                Vector.of(
                        "short body without login, reset",
                        http,
                        "POST /?query=insert HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n1,a\n",
                        Ending.RESET),
                insert("garbage chunk", "Transfer-Encoding: chunked\r\n", "zzz\r\n", Ending.HALF_CLOSE),
                insert("cut chunks, close", "Transfer-Encoding: chunked\r\n", "4\r\n1,a\n\r\n", Ending.CLOSE),
                insert("cut chunks, reset", "Transfer-Encoding: chunked\r\n", "4\r\n1,a\n\r\n", Ending.RESET),
                Vector.of(
                        "garbage chunk with an unknown user",
                        http,
                        "POST /?user=q&query=select+1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
                        Ending.HALF_CLOSE),
                insert(
                        "garbage gzip",
                        "Content-Encoding: gzip\r\nContent-Length: 10\r\n",
                        "0123456789",
                        Ending.HALF_CLOSE),
                insert(
                        "unknown encoding",
                        "Content-Encoding: foo\r\nContent-Length: 10\r\n",
                        "0123456789",
                        Ending.HALF_CLOSE),
                insert("expect 100, reset", "Content-Length: 100\r\nExpect: 100-continue\r\n", "", Ending.RESET),
                post(
                        "broken form",
                        "query=select+1",
                        form + "Content-Length: 20\r\n",
                        "--xx\r\nfoo\r\n",
                        Ending.HALF_CLOSE),
                post(
                        "broken form, reset",
                        "query=select+1",
                        form + "Content-Length: 2000\r\n",
                        "--xx\r\nfoo\r\n",
                        Ending.RESET));
    }

    private List<Vector> clientsThatLeave() {
        String slowRows = query("SELECT sleepEachRow(0.1) FROM numbers(8)")
                + "&send_progress_in_http_headers=1&max_block_size=1&http_headers_progress_interval_ms=50";
        return List.of(
                get("big result, reset", query("SELECT number FROM numbers(1000000000)"), Ending.RESET),
                get("big result, close", query("SELECT number FROM numbers(1000000000)"), Ending.CLOSE),
                get(
                        "buffered big result, reset",
                        query("SELECT number FROM numbers(20000000)") + "&wait_end_of_query=1",
                        Ending.RESET),
                get("running query, close", query("SELECT sleep(1)"), Ending.CLOSE),
                get("running query, reset", query("SELECT sleep(1)"), Ending.RESET),
                get("progress headers, reset", slowRows, Ending.RESET),
                get("idle kept-alive connection, reset", query("SELECT 1"), Ending.RESET),
                new Vector(
                        "two pipelined requests",
                        http,
                        bytes(request("GET", query("SELECT 1"), "", "") + request("GET", query("SELECT 2"), "", "")),
                        Ending.HALF_CLOSE));
    }

    private List<Vector> serverSideErrors() {
        return List.of(
                get(
                        "error after the headers",
                        query("SELECT throwIf(number=900000) FROM numbers(1000000) SETTINGS max_block_size=1000"),
                        Ending.HALF_CLOSE),
                get(
                        "too many rows",
                        query("SELECT number FROM numbers(100000)") + "&max_result_rows=10",
                        Ending.HALF_CLOSE),
                post(
                        "receive timeout",
                        INSERT + "&http_receive_timeout=1",
                        "Content-Length: 100\r\n",
                        "1,a\n",
                        Ending.HALF_CLOSE));
    }

    private List<Vector> nativeProtocol() {
        byte[] garbage = new byte[500];
        random.nextBytes(garbage);
        String greeting = hello("admin", password, "default");
        return List.of(
                Vector.of("native: connect, close", tcp, "", Ending.CLOSE),
                Vector.of("native: connect, reset", tcp, "", Ending.RESET),
                Vector.of("native: one byte, close", tcp, "\0", Ending.CLOSE),
                Vector.of("native: one byte, reset", tcp, "\0", Ending.RESET),
                new Vector("native: garbage", tcp, garbage, Ending.HALF_CLOSE),
                Vector.of("native: unknown packet", tcp, "\7hello", Ending.HALF_CLOSE),
                Vector.of("native: HTTP request", tcp, "GET / HTTP/1.1\r\n\r\n", Ending.HALF_CLOSE),
                Vector.of("native: wrong password", tcp, hello("admin", "bad", "default"), Ending.HALF_CLOSE),
                Vector.of("native: unknown user", tcp, hello("nobody", "bad", "default"), Ending.HALF_CLOSE),
                Vector.of("native: unknown database", tcp, hello("admin", password, "nodb"), Ending.HALF_CLOSE),
                Vector.of("native: login, close", tcp, greeting, Ending.CLOSE),
                Vector.of("native: login, reset", tcp, greeting, Ending.RESET),
                Vector.of("native: login, garbage", tcp, greeting + "ccc", Ending.HALF_CLOSE),
                Vector.of("native: login, half a ping, reset", tcp, greeting + "\4", Ending.RESET));
    }

    private Vector get(String name, String parameters, Ending ending) {
        return Vector.of(name, http, request("GET", parameters, "", ""), ending);
    }

    private Vector insert(String name, String headers, String body, Ending ending) {
        return post(name, INSERT, headers, body, ending);
    }

    private Vector post(String name, String parameters, String headers, String body, Ending ending) {
        return Vector.of(name, http, request("POST", parameters, headers, body), ending);
    }

    private String request(String method, String parameters, String headers, String body) {
        return method + " /?" + login + "&" + parameters + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
    }

    private static String query(String sql) {
        return "query=" + encoded(sql);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hello(String user, String password, String database) {
        return "\0" + text("java") + number(24) + number(1) + number(CLIENT_REVISION) + text(database) + text(user)
                + text(password);
    }

    private static String text(String text) {
        return number(text.length()) + text;
    }

    private static String number(int value) {
        var out = new StringBuilder();
        int rest = value;
        while (rest > 127) {
            out.append((char) ((rest & 127) | 128));
            rest >>= 7;
        }
        return out.append((char) rest).toString();
    }

    /** How a client takes its leave. */
    enum Ending {
        CLOSE,
        RESET,
        HALF_CLOSE
    }

    /** What is sent to which port, and how the connection ends. */
    record Vector(String name, int port, byte[] bytes, Ending ending) {
        static Vector of(String name, int port, String text, Ending ending) {
            return new Vector(name, port, HostileConnections.bytes(text), ending);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
