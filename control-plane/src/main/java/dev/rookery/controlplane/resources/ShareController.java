package dev.rookery.controlplane.resources;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.shares.ShareOrigin;
import dev.rookery.catalog.shares.ShareStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import dev.rookery.controlplane.CallerContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets other workspaces read a data source (client-contract.md 8, SHR-1). It takes a person who administers both; a
 * workspace's own token says nothing of another workspace.
 */
@RestController
class ShareController {
    private final WorkspaceRepository workspaces;
    private final WorkspaceSnapshots snapshots;
    private final ShareStore shares;
    private final ChangeLog changes;

    ShareController(
            WorkspaceRepository workspaces, WorkspaceSnapshots snapshots, ShareStore shares, ChangeLog changes) {
        this.workspaces = workspaces;
        this.snapshots = snapshots;
        this.shares = shares;
        this.changes = changes;
    }

    record ShareAnswer(String id, String name, Collection<String> sharedWith) {}

    @PostMapping(ResourcePaths.SHARE)
    ShareAnswer share(@AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        UserId person = CallerContext.person(caller);
        ClientParameters parameters = ClientParameters.of(request);
        Workspace owner = administered(person, parameters.require("origin_workspace_id"));
        DatasourceEntry datasource = datasource(owner, name);
        Workspace reader = administered(person, parameters.require("destination_workspace_id"));
        return changes.commitAndAwait(() -> {
            shares.share(owner.id(), datasource.id(), reader.id(), ShareOrigin.USER);
            return answer(owner, datasource);
        });
    }

    @DeleteMapping(ResourcePaths.SHARE)
    ShareAnswer unshare(@AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        UserId person = CallerContext.person(caller);
        ClientParameters parameters = ClientParameters.of(request);
        Workspace owner = administered(person, parameters.require("origin_workspace_id"));
        DatasourceEntry datasource = datasource(owner, name);
        String destination = parameters.require("destination_workspace_id");
        WorkspaceId reader = find(destination).map(Workspace::id).orElseThrow(() -> unknown(destination));
        return changes.commitAndAwait(() -> {
            if (!shares.unshare(owner.id(), datasource.id(), reader)) {
                throw ApiException.notFound("The data source '%s' is not shared with that workspace".formatted(name));
            }
            return answer(owner, datasource);
        });
    }

    private ShareAnswer answer(Workspace owner, DatasourceEntry datasource) {
        return new ShareAnswer(
                datasource.id().toString(),
                datasource.name(),
                shares.readers(owner.id()).getOrDefault(datasource.id(), Set.of()).stream()
                        .map(WorkspaceId::toString)
                        .toList());
    }

    private DatasourceEntry datasource(Workspace owner, String nameOrId) {
        return snapshots
                .get(owner.id())
                .live()
                .datasource(nameOrId)
                .orElseThrow(() -> ApiException.notFound("Data Source \"%s\" does not exist".formatted(nameOrId)));
    }

    /** A workspace of which the person is no admin is as good as none. */
    private Workspace administered(UserId person, String id) {
        return find(id).filter(workspace -> workspace
                        .roleOf(person)
                        .filter(WorkspaceRole.ADMIN::equals)
                        .isPresent())
                .orElseThrow(() -> unknown(id));
    }

    private Optional<Workspace> find(String id) {
        try {
            return workspaces.findById(WorkspaceId.parse(id).value()).filter(workspace -> !workspace.isDeleted());
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static ApiException unknown(String id) {
        return ApiException.forbidden("You need the role admin in the workspace '%s'".formatted(id));
    }
}
