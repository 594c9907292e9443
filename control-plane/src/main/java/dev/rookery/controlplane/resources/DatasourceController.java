package dev.rookery.controlplane.resources;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.access.web.ErrorBody;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.shares.ShareStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.controlplane.EngineFailure;
import dev.rookery.controlplane.projects.VendoredDatafile;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The data sources of a workspace, and those of others that it may read (client-contract.md 8). */
@RestController
class DatasourceController {
    private final Inventory.Reader inventories;
    private final TableSizes sizes;
    private final ShareStore shares;
    private final IngestionStates states;

    DatasourceController(Inventory.Reader inventories, TableSizes sizes, ShareStore shares, IngestionStates states) {
        this.inventories = inventories;
        this.sizes = sizes;
        this.shares = shares;
        this.states = states;
    }

    @GetMapping(ResourcePaths.DATASOURCES)
    Map<String, List<Map<String, @Nullable Object>>> list(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        Attributes attributes = attributes(parameters);
        List<DatasourceEntry> own = inventory.view().datasources().values().stream()
                .filter(entry -> inventory.visibility().ofDatasource(entry.name()))
                .toList();
        List<SharedDatasource> shared = inventory.workspace().shared().values().stream()
                .filter(datasource -> inventory.visibility().ofDatasource(datasource.name()))
                .toList();
        DatasourceAnswers answers = answers(inventory, attributes, own, shared);
        List<Map<String, @Nullable Object>> listed = new ArrayList<>();
        own.forEach(entry -> listed.add(attributes.of(answers.listed(entry))));
        shared.forEach(datasource -> listed.add(attributes.of(answers.listed(datasource))));
        return Map.of("datasources", listed);
    }

    /** With {@code format=datasource} the datafile, which is what the SDK falls back to. */
    @GetMapping(ResourcePaths.DATASOURCE)
    ResponseEntity<Object> get(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        Optional<SharedDatasource> shared = inventory.workspace().shared().values().stream()
                .filter(datasource -> datasource.entry().id().toString().equals(name))
                .findFirst();
        if (shared.isPresent()) {
            return answer(inventory, parameters, shared.get());
        }
        DatasourceEntry entry = find(inventory, name);
        if (isForDatafile(parameters)) {
            return DatafileAnswer.of(entry.text());
        }
        Attributes attributes = attributes(parameters);
        DatasourceAnswers answers = answers(inventory, attributes, List.of(entry), List.of());
        return ResponseEntity.ok(attributes.of(answers.detailed(entry)));
    }

    @GetMapping(ResourcePaths.DATASOURCE_FILE)
    ResponseEntity<Object> file(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        Inventory inventory = inventories.open(caller, ClientParameters.ofQuery(request));
        return DatafileAnswer.of(find(inventory, name).text());
    }

    @GetMapping(ResourcePaths.SHARED)
    ResponseEntity<Object> shared(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String owner,
            @PathVariable String name,
            HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        return answer(inventory, parameters, findShared(inventory, owner + "." + name));
    }

    @GetMapping(ResourcePaths.SHARED_FILE)
    ResponseEntity<Object> sharedFile(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String owner,
            @PathVariable String name,
            HttpServletRequest request) {
        Inventory inventory = inventories.open(caller, ClientParameters.ofQuery(request));
        return DatafileAnswer.of(VendoredDatafile.of(
                findShared(inventory, owner + "." + name).entry().file()));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onEngineFailure(ClickHouseException e) {
        return EngineFailure.answer(e);
    }

    private ResponseEntity<Object> answer(Inventory inventory, ClientParameters parameters, SharedDatasource shared) {
        inventory.visibility().requireDatasource(shared.name());
        if (isForDatafile(parameters)) {
            return DatafileAnswer.of(VendoredDatafile.of(shared.entry().file()));
        }
        Attributes attributes = attributes(parameters);
        DatasourceAnswers answers = answers(inventory, attributes, List.of(), List.of(shared));
        return ResponseEntity.ok(attributes.of(answers.detailed(shared)));
    }

    private static boolean isForDatafile(ClientParameters parameters) {
        return parameters.find("format").filter("datasource"::equals).isPresent();
    }

    private static Attributes attributes(ClientParameters parameters) {
        Attributes asked = Attributes.of(parameters, "attrs");
        return asked.wants("columns") ? asked.with(DatasourceAnswers.WITH_COLUMNS) : asked;
    }

    private DatasourceAnswers answers(
            Inventory inventory,
            Attributes attributes,
            Collection<DatasourceEntry> own,
            Collection<SharedDatasource> shared) {
        Map<String, TableSize> found = new HashMap<>();
        if (attributes.wants("statistics") || attributes.wants("quarantine_rows")) {
            List<String> tables = own.stream()
                    .flatMap(entry -> Stream.of(entry.table(), entry.quarantineTable()))
                    .filter(Objects::nonNull)
                    .toList();
            found.putAll(sizes.of(inventory.workspace().place(), tables));
            shared.forEach(datasource -> found.putAll(
                    sizes.of(datasource.place(), List.of(datasource.entry().table()))));
        }
        return new DatasourceAnswers(
                inventory.graph(),
                found,
                attributes.wants("shared_with")
                        ? shares.readers(inventory.workspace().id())
                        : Map.of(),
                attributes.wants("delayed_ingestion")
                        ? states.delays(inventory.workspace().id())
                        : Map.of());
    }

    private static DatasourceEntry find(Inventory inventory, String nameOrId) {
        var found = inventory.view().datasource(nameOrId);
        inventory
                .visibility()
                .requireDatasource(found.map(DatasourceEntry::name).orElse(nameOrId));
        return found.orElseThrow(() -> missing(nameOrId));
    }

    private static SharedDatasource findShared(Inventory inventory, String name) {
        inventory.visibility().requireDatasource(name);
        return Optional.ofNullable(inventory.workspace().shared().get(name)).orElseThrow(() -> missing(name));
    }

    private static ApiException missing(String nameOrId) {
        return ApiException.notFound("Data Source \"%s\" does not exist".formatted(nameOrId));
    }
}
