package dev.rookery.controlplane.resources;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.access.web.ErrorBody;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.controlplane.EngineFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The data sources of a workspace (client-contract.md 8). */
@RestController
class DatasourceController {
    private final Inventory.Reader inventories;
    private final TableSizes sizes;

    DatasourceController(Inventory.Reader inventories, TableSizes sizes) {
        this.inventories = inventories;
        this.sizes = sizes;
    }

    @GetMapping(ResourcePaths.DATASOURCES)
    Map<String, List<Map<String, @Nullable Object>>> list(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        Attributes attributes = attributes(parameters);
        List<DatasourceEntry> visible = inventory.view().datasources().values().stream()
                .filter(entry -> inventory.visibility().ofDatasource(entry.name()))
                .toList();
        DatasourceAnswers answers = answers(inventory, attributes, visible);
        return Map.of(
                "datasources",
                visible.stream()
                        .map(entry -> attributes.of(answers.listed(entry)))
                        .toList());
    }

    /** With {@code format=datasource} the datafile, which is what the SDK falls back to. */
    @GetMapping(ResourcePaths.DATASOURCE)
    ResponseEntity<Object> get(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        DatasourceEntry entry = find(inventory, name);
        if (parameters.find("format").filter("datasource"::equals).isPresent()) {
            return DatafileAnswer.of(entry.text());
        }
        Attributes attributes = attributes(parameters);
        return ResponseEntity.ok(
                attributes.of(answers(inventory, attributes, List.of(entry)).detailed(entry)));
    }

    @GetMapping(ResourcePaths.DATASOURCE_FILE)
    ResponseEntity<Object> file(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        Inventory inventory = inventories.open(caller, ClientParameters.ofQuery(request));
        return DatafileAnswer.of(find(inventory, name).text());
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onEngineFailure(ClickHouseException e) {
        return EngineFailure.answer(e);
    }

    private static Attributes attributes(ClientParameters parameters) {
        Attributes asked = Attributes.of(parameters, "attrs");
        return asked.wants("columns") ? asked.with(DatasourceAnswers.WITH_COLUMNS) : asked;
    }

    private DatasourceAnswers answers(Inventory inventory, Attributes attributes, Collection<DatasourceEntry> entries) {
        boolean counts = attributes.wants("statistics") || attributes.wants("quarantine_rows");
        List<String> tables = entries.stream()
                .flatMap(entry -> Stream.of(entry.table(), entry.quarantineTable()))
                .filter(Objects::nonNull)
                .toList();
        return new DatasourceAnswers(
                inventory.graph(), counts ? sizes.of(inventory.workspace().place(), tables) : Map.of());
    }

    private static DatasourceEntry find(Inventory inventory, String nameOrId) {
        var found = inventory.view().datasource(nameOrId);
        inventory
                .visibility()
                .requireDatasource(found.map(DatasourceEntry::name).orElse(nameOrId));
        return found.orElseThrow(() -> ApiException.notFound("Data Source \"%s\" does not exist".formatted(nameOrId)));
    }
}
