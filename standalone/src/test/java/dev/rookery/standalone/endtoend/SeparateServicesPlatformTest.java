package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each main boots alone here: no service needs another's beans, settings or class path order (ALGORITHMS.md 24). */
@DisplayName("Each service as a process of its own")
class SeparateServicesPlatformTest implements PlatformSuite {
    @Override
    public Platform platform() {
        return SeparateServices.shared();
    }

    @Test
    @DisplayName("a service answers its own paths only, and 404 in the same form for the others'")
    void ownPathsOnly() {
        SeparateServices services = SeparateServices.shared();
        String token = TestWorkspace.create(services).token();
        assertForeign(services.controlPlane(), token, "/v0/sql", "/v0/pipes/x.json", "/v0/events");
        assertForeign(services.gateway(), token, "/v1/deployments", "/v1/user/workspaces", "/v0/events");
        assertForeign(services.ingest(), token, "/v1/deployments", "/v0/sql", "/v0/pipes/x.json");
    }

    private static void assertForeign(URI service, String token, String... paths) {
        for (String path : List.of(paths)) {
            Reply reply = Http.get(service, path, token);
            assertThat(reply.status()).as(service + path).isEqualTo(404);
            assertThat(reply.error()).as(service + path).isNotBlank();
        }
    }
}
