package dev.rookery.controlplane.resources;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.datafile.Located;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which pipes hang on which data sources (client-contract.md 8): what clients look at before they replace or truncate. */
@RestController
class DependencyController {
    private final Inventory.Reader inventories;

    DependencyController(Inventory.Reader inventories) {
        this.inventories = inventories;
    }

    /**
     * @param dependencies pipes by the data source they read
     * @param incompatibleDatasources targets that a replace by partition cannot follow into, with what fills them
     */
    record DependenciesAnswer(
            Map<String, Collection<String>> dependencies, Map<String, Collection<String>> incompatibleDatasources) {}

    @GetMapping(ResourcePaths.DEPENDENCIES)
    DependenciesAnswer dependencies(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Inventory inventory = inventories.open(caller, parameters);
        Access.to(inventory.visibility().caller(), Action.READ_RESOURCES).require();
        Optional<DatasourceEntry> datasource = parameters.find("datasource").map(name -> datasource(inventory, name));
        if (datasource.isPresent() && parameters.isTrue("check_for_partial_replace")) {
            return partialReplace(inventory, datasource.get());
        }
        Set<String> chosen = new TreeSet<>(inventory.view().datasources().keySet());
        datasource.ifPresent(entry -> {
            chosen.retainAll(Set.of(entry.name()));
            if (parameters.isTrue("recursive")) {
                chosen.addAll(inventory.graph().targetsOf(entry.name(), true).keySet());
            }
        });
        parameters
                .find("pipe")
                .map(name -> pipe(inventory, name))
                .ifPresent(pipe -> chosen.retainAll(inventory.graph().datasourcesOf(pipe)));
        parameters.find("match").ifPresent(part -> chosen.removeIf(name -> !name.contains(part)));
        Map<String, Collection<String>> dependencies = new TreeMap<>();
        for (String name : chosen) {
            List<String> readers = inventory.graph().readersOf(name).stream()
                    .map(PipeEntry::name)
                    .toList();
            if (readers.isEmpty() || !parameters.isTrue("no_deps")) {
                dependencies.put(name, readers);
            }
        }
        return new DependenciesAnswer(dependencies, Map.of());
    }

    /** A replace goes on into the targets of materialized views partition by partition, so their partitions must be alike. */
    private static DependenciesAnswer partialReplace(Inventory inventory, DatasourceEntry replaced) {
        Map<String, Collection<String>> compatible = new TreeMap<>();
        Map<String, Collection<String>> incompatible = new TreeMap<>();
        inventory.graph().targetsOf(replaced.name(), true).forEach((target, fillers) -> {
            DatasourceEntry entry = datasource(inventory, target);
            boolean alike = partitionKey(entry).equals(partitionKey(replaced));
            (alike ? compatible : incompatible).put(target, fillers);
        });
        return new DependenciesAnswer(compatible, incompatible);
    }

    private static String partitionKey(DatasourceEntry entry) {
        Located<String> key = entry.file().engine().partitionKey();
        return key == null ? "" : key.value().replaceAll("\\s+", "");
    }

    private static DatasourceEntry datasource(Inventory inventory, String nameOrId) {
        return inventory
                .view()
                .datasource(nameOrId)
                .orElseThrow(() -> ApiException.notFound("Data Source \"%s\" does not exist".formatted(nameOrId)));
    }

    private static PipeEntry pipe(Inventory inventory, String nameOrId) {
        return inventory
                .view()
                .pipe(nameOrId)
                .orElseThrow(() -> ApiException.notFound("Pipe '%s' not found".formatted(nameOrId)));
    }
}
