package dev.rookery.standalone.demo;

import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Deploys a project the way the SDKs do: submit, wait until staged, set live (client-contract 2.2). */
final class Deployer {
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(250);
    private static final int POLLS = 1200;

    private final ApiClient api;
    private final PrintStream out;
    private final Pause pause;

    Deployer(ApiClient api, PrintStream out, Pause pause) {
        this.api = api;
        this.out = out;
        this.pause = pause;
    }

    /**
     * Makes the project live.
     *
     * @return whether the named data source did not exist before
     * @throws DemoException with the server's reasons if it refuses the project
     */
    boolean deploy(Project project, String dataSource) {
        discardStaged();
        var body = new MultipartBody(
                "rookery-" + UUID.randomUUID(),
                project.files().stream()
                        .map(file -> new MultipartBody.Part(
                                "data_project://", file.name(), file.text().getBytes(StandardCharsets.UTF_8)))
                        .toList());
        var answer = api.post("/v1/deploy", body.publisher(), body.contentType());
        return switch (answer.path("result").asString("")) {
            case "no_changes" -> {
                out.println("  the project is deployed already");
                yield false;
            }
            case "success" -> {
                setLive(staged(answer.path("deployment")));
                yield answer.path("deployment")
                        .path("new_datasource_names")
                        .valueStream()
                        .anyMatch(name -> name.asString("").equals(dataSource));
            }
            default -> throw new DemoException("the project was not deployed: " + ApiClient.reasons(answer));
        };
    }

    /** A run that was killed between submitting and setting live leaves a candidate, and there can be only one. */
    private void discardStaged() {
        for (var deployment : api.get("/v1/deployments").path("deployments")) {
            var status = deployment.path("status").asString("");
            var ended = status.equals("deleting") || status.equals("deleted") || status.equals("failed");
            if (!isLive(deployment) && !ended) {
                var id = deployment.path("id").asString();
                api.delete("/v1/deployments/" + ApiClient.encode(id));
                out.println("  deployment " + id + " was staged but never live: discarded");
            }
        }
    }

    private String staged(JsonNode submitted) {
        var deployment = submitted;
        var id = submitted.path("id").asString();
        for (int poll = 0; poll < POLLS; poll++) {
            switch (deployment.path("status").asString("")) {
                case "data_ready", "live" -> {
                    return id;
                }
                case "failed", "error", "deleting", "deleted" ->
                    throw new DemoException("deployment %s failed: %s".formatted(id, ApiClient.reasons(deployment)));
                default -> pause.of(BETWEEN_POLLS);
            }
            deployment = api.get("/v1/deployments/" + ApiClient.encode(id)).path("deployment");
        }
        throw new DemoException("deployment %s is still not ready after %d s"
                .formatted(id, BETWEEN_POLLS.multipliedBy(POLLS).toSeconds()));
    }

    private void setLive(String id) {
        var path = "/v1/deployments/" + ApiClient.encode(id);
        if (!isLive(api.get(path).path("deployment"))) {
            api.post(path + "/set-live", BodyPublishers.noBody(), "application/json");
        }
        out.println("  deployment " + id + " is live");
    }

    private static boolean isLive(JsonNode deployment) {
        return deployment.path("live").asBoolean(false)
                || deployment.path("status").asString("").equals("live");
    }
}
