package dev.rookery.controlplane.resources;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.snapshot.ConnectionEntry;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.controlplane.ClientTime;
import dev.rookery.datafile.ConnectionFile;
import dev.rookery.datafile.Connector;
import dev.rookery.datafile.Directive;
import dev.rookery.datafile.Located;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The connections of a workspace (client-contract.md 14). */
@RestController
class ConnectionController {
    private final Inventory.Reader inventories;

    ConnectionController(Inventory.Reader inventories) {
        this.inventories = inventories;
    }

    record Linker(String datasourceId) {}

    /** @param settings without those that hold a password or a key, whether written out or as a secret */
    record ConnectionAnswer(
            String id,
            String name,
            String service,
            Map<String, String> settings,
            List<Linker> linkers,
            String createdAt,
            String updatedAt) {}

    @GetMapping(ResourcePaths.CONNECTIONS)
    Map<String, List<ConnectionAnswer>> list(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = open(caller, parameters);
        String service = parameters.find("service").orElse(null);
        return Map.of(
                "connectors",
                inventory.view().connections().values().stream()
                        .map(connection -> answer(inventory.view(), connection))
                        .filter(answer -> service == null || answer.service().equals(service))
                        .toList());
    }

    @GetMapping(ResourcePaths.CONNECTION)
    ResponseEntity<Object> get(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = open(caller, parameters);
        ConnectionEntry connection = find(inventory, name);
        return parameters.find("format").filter("connection"::equals).isPresent()
                ? DatafileAnswer.of(connection.text())
                : ResponseEntity.ok(answer(inventory.view(), connection));
    }

    @GetMapping(ResourcePaths.CONNECTION_FILE)
    ResponseEntity<Object> file(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        return DatafileAnswer.of(
                find(open(caller, ClientParameters.ofQuery(request)), name).text());
    }

    private Inventory open(Caller caller, ClientParameters parameters) {
        Inventory inventory = inventories.open(caller, parameters);
        Access.to(inventory.visibility().caller(), Action.READ_RESOURCES).require();
        return inventory;
    }

    private static ConnectionEntry find(Inventory inventory, String nameOrId) {
        return inventory
                .view()
                .connection(nameOrId)
                .orElseThrow(() -> ApiException.notFound("The connection '%s' does not exist".formatted(nameOrId)));
    }

    private static ConnectionAnswer answer(DeploymentView view, ConnectionEntry connection) {
        Map<String, String> settings = new TreeMap<>();
        for (Directive setting : connection.file().settings()) {
            if (!isSecret(setting.name())) {
                settings.put(setting.name().toLowerCase(Locale.ROOT), setting.value());
            }
        }
        return new ConnectionAnswer(
                connection.id().toString(),
                connection.name(),
                service(connection.file()),
                settings,
                view.datasources().values().stream()
                        .filter(entry -> connection.name().equals(connectionOf(entry)))
                        .map(entry -> new Linker(entry.id().toString()))
                        .toList(),
                ClientTime.plain(connection.createdAt()),
                ClientTime.plain(connection.updatedAt()));
    }

    private static @Nullable String connectionOf(DatasourceEntry entry) {
        Located<String> name = switch (entry.file().connector()) {
            case null -> null;
            case Connector.Kafka kafka -> kafka.connection();
            case Connector.ObjectStorage storage -> storage.connection();
        };
        return name == null ? null : name.value();
    }

    /** As clients tell kinds of credentials apart (client-contract.md 14). */
    private static String service(ConnectionFile file) {
        return switch (file.type().value()) {
            case KAFKA -> "kafka";
            case S3 -> file.setting("S3_ARN").isPresent() ? "s3_iamrole" : "s3";
            case GCS -> file.setting("GCS_ACCESS_ID").isPresent() ? "gcs_hmac" : "gcs_service_account";
        };
    }

    private static boolean isSecret(String setting) {
        return setting.contains("SECRET")
                || setting.contains("KEY")
                || setting.contains("CREDENTIALS")
                || setting.contains("PASSWORD");
    }
}
