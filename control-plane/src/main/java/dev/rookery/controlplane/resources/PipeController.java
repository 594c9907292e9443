package dev.rookery.controlplane.resources;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.access.web.ErrorBody;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.controlplane.EngineFailure;
import dev.rookery.controlplane.deployments.NodeColumns;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The pipes of a workspace (client-contract.md 11). */
@RestController
class PipeController {
    private final Inventory.Reader inventories;
    private final NodeColumns columns;

    PipeController(Inventory.Reader inventories, NodeColumns columns) {
        this.inventories = inventories;
        this.columns = columns;
    }

    /** Nodes come along when they are asked for in any way; {@code url} always does. */
    @GetMapping({ResourcePaths.PIPES, ResourcePaths.PIPES_V1})
    Map<String, List<Map<String, @Nullable Object>>> list(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        Attributes nodes = Attributes.of(parameters, "node_attrs");
        Attributes asked = Attributes.of(parameters, "attrs").with("url");
        Attributes attributes = nodes.all() ? asked : asked.with("nodes");
        boolean dependencies = parameters.isTrue("dependencies");
        PipeAnswers answers = answers(inventory, request);
        return Map.of(
                "pipes",
                inventory.view().pipes().values().stream()
                        .filter(pipe -> inventory.visibility().ofPipe(pipe.name()))
                        .map(pipe -> attributes.of(answers.listed(pipe, nodes, dependencies)))
                        .toList());
    }

    /** With {@code format=pipe} the datafile, which is what the SDK falls back to. */
    @GetMapping({ResourcePaths.PIPE, ResourcePaths.PIPE_V1})
    ResponseEntity<Object> get(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        PipeEntry pipe = find(inventory, name);
        if (parameters.find("format").filter("pipe"::equals).isPresent()) {
            return DatafileAnswer.of(pipe.text());
        }
        Attributes attributes = Attributes.of(parameters, "attrs").with("url");
        Attributes nodes = Attributes.of(parameters, "node_attrs");
        return ResponseEntity.ok(attributes.of(answers(inventory, request)
                .detailed(pipe, nodes, columns.of(inventory.workspace(), inventory.view(), pipe))));
    }

    @GetMapping({ResourcePaths.PIPE_FILE, ResourcePaths.PIPE_FILE_V1})
    ResponseEntity<Object> file(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        Inventory inventory = inventories.open(caller, ClientParameters.ofQuery(request));
        return DatafileAnswer.of(find(inventory, name).text());
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onEngineFailure(ClickHouseException e) {
        return EngineFailure.answer(e);
    }

    private static PipeAnswers answers(Inventory inventory, HttpServletRequest request) {
        String base =
                ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
        return new PipeAnswers(inventory, Objects.requireNonNull(base));
    }

    private static PipeEntry find(Inventory inventory, String nameOrId) {
        var found = inventory.view().pipe(nameOrId);
        inventory.visibility().requirePipe(found.map(PipeEntry::name).orElse(nameOrId));
        return found.orElseThrow(() -> ApiException.notFound("Pipe '%s' not found".formatted(nameOrId)));
    }
}
