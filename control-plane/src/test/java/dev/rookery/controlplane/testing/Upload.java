package dev.rookery.controlplane.testing;

import static org.awaitility.Awaitility.await;

import dev.rookery.controlplane.testing.Http.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A project as clients send it: multipart, a part per file. Immutable. */
public final class Upload {
    private static final String BOUNDARY = "8f2b6e0c4d1a";

    private final Map<String, String> files;
    private final String head;

    private Upload(Map<String, String> files, String head) {
        this.files = new LinkedHashMap<>(files);
        this.head = head;
    }

    public static Upload empty() {
        return new Upload(Map.of(), "");
    }

    /** A project of one file. */
    public static Upload of(String path, String text) {
        return empty().with(path, text);
    }

    /** A project of a data source with these columns. */
    public static Upload datasource(String name, String columns) {
        return empty().withDatasource(name, columns);
    }

    /** The same with one more file, or another text for one that it has. */
    public Upload with(String path, String text) {
        Map<String, String> more = new LinkedHashMap<>(files);
        more.put(path, text);
        return new Upload(more, head);
    }

    public Upload withDatasource(String name, String columns) {
        return with(name + ".datasource", "SCHEMA >\n    " + columns + "\n");
    }

    public Upload withEndpoint(String name, String sql) {
        return with(name + ".pipe", "NODE endpoint\nSQL >\n    " + sql + "\n\nTYPE endpoint\n");
    }

    public Upload withMaterialized(String name, String sql, String target) {
        return with(name + ".pipe", "NODE n\nSQL >\n    " + sql + "\n\nTYPE materialized\nDATASOURCE " + target + "\n");
    }

    public Upload without(String path) {
        Map<String, String> fewer = new LinkedHashMap<>(files);
        fewer.remove(path);
        return new Upload(fewer, head);
    }

    /** The part that the command-line client sends before the files. */
    public Upload asCommandLineClient() {
        return new Upload(files, part("context://", "cli-version", "text/plain", "1.0.0"));
    }

    public Reply build(String token) {
        return send("/v1/build", token);
    }

    public Reply deploy(String token) {
        return send("/v1/deploy", token);
    }

    public Reply check(String token) {
        return send("/v1/deploy?check=true", token);
    }

    /** Stages and sets live, and fails where either does. */
    public void live(String token) {
        Reply staged = deploy(token);
        if (!"success".equals(staged.text("/result"))) {
            throw new AssertionError("deploy: " + staged.body());
        }
        setLive(staged.text("/deployment/id"), token);
    }

    /** Waits until a deployment is staged, as clients do. */
    public static void awaitStaged(String deployment, String token) {
        Reply staged = await("staged")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> Http.get("/v1/deployments/" + deployment, token),
                        reply -> !reply.text("/deployment/status").equals("schema_ready"));
        if (!staged.text("/deployment/status").equals("data_ready")) {
            throw new AssertionError("staged: " + staged.body());
        }
    }

    /** Sets a deployment live once it is staged. */
    public static void setLive(String deployment, String token) {
        awaitStaged(deployment, token);
        Reply promoted = Http.post("/v1/deployments/" + deployment + "/set-live", token);
        if (promoted.status() != 200) {
            throw new AssertionError("set-live: " + promoted.body());
        }
    }

    public Reply send(String pathAndQuery, String token) {
        return Http.send(Http.request(pathAndQuery, token)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body(), StandardCharsets.UTF_8)));
    }

    /** The body with its closing boundary. */
    public String body() {
        StringBuilder body = new StringBuilder(head);
        files.forEach((path, text) -> {
            boolean vendored = path.startsWith("vendor/");
            String type = path.endsWith(".datasource") || path.endsWith(".pipe") ? "text/plain" : "application/unknown";
            body.append(part(vendored ? "data_project_vendored://" : "data_project://", path, type, text));
        });
        return body.append("--" + BOUNDARY + "--\r\n").toString();
    }

    private static String part(String name, String filename, String type, String text) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, name, filename, type, text);
    }
}
