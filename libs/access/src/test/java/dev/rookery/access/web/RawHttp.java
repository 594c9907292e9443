package dev.rookery.access.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends bytes as they are to a port, so that no client library corrects them. */
record RawHttp(int port) {
    record Answer(int status, List<String> headers, String body) {
        Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }

        JsonNode json() {
            // Without the lengths of chunks.
            return JsonMapper.shared().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        }
    }

    /** A request with a body, its length and {@code Connection: close}. */
    Answer send(String method, String target, String body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.0", "Host: localhost"));
        lines.addAll(Arrays.asList(headers));
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        }
        return raw(String.join("\r\n", lines) + "\r\n\r\n" + body);
    }

    Answer get(String target, String... headers) throws IOException {
        return send("GET", target, "", headers);
    }

    Answer raw(String text) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            String head = end < 0 ? answer : answer.substring(0, end);
            List<String> lines = head.lines().toList();
            int status = lines.isEmpty() ? 0 : Integer.parseInt(lines.getFirst().split(" ", -1)[1]);
            return new Answer(
                    status,
                    lines.isEmpty() ? lines : lines.subList(1, lines.size()),
                    end < 0 ? "" : answer.substring(end + 4));
        }
    }
}
