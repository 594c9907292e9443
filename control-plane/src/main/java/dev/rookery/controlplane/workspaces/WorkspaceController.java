package dev.rookery.controlplane.workspaces;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.access.web.ErrorBody;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.organizations.OrganizationRole;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.controlplane.CallerContext;
import dev.rookery.controlplane.EngineFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Workspaces and their members (client-contract.md 4 and 5). */
@RestController
class WorkspaceController {
    private final WorkspaceService service;
    private final WorkspaceViews views;
    private final WorkspaceRepository workspaces;
    private final OrganizationRepository organizations;

    WorkspaceController(
            WorkspaceService service,
            WorkspaceViews views,
            WorkspaceRepository workspaces,
            OrganizationRepository organizations) {
        this.service = service;
        this.views = views;
        this.workspaces = workspaces;
        this.organizations = organizations;
    }

    record UserWorkspaces(String id, @Nullable String organizationId, List<?> workspaces) {}

    @GetMapping({"/v0/user/workspaces", "/v1/user/workspaces"})
    UserWorkspaces mine(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        UserId user = CallerContext.user(caller);
        ClientParameters parameters = ClientParameters.ofQuery(request);
        List<WorkspaceAnswer> mine = views.of(user, true, parameters.isTrue("with_organization"));
        String organization = organizations.findByMember(user.value()).stream()
                .findFirst()
                .map(found -> found.id().toString())
                .orElse(null);
        List<?> shown = isPythonSdk(parameters)
                ? mine.stream().map(WorkspaceAnswer::slim).toList()
                : mine;
        return new UserWorkspaces(user.toString(), organization, shown);
    }

    @PostMapping({"/v0/workspaces", "/v1/workspaces"})
    Object create(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        UserId user = CallerContext.person(caller);
        ClientParameters parameters = ClientParameters.of(request);
        OrganizationId organization = parameters
                .find("assign_to_organization_id")
                .map(WorkspaceController::organizationId)
                .orElse(null);
        Workspace created = service.create(user, parameters.require("name"), organization);
        WorkspaceAnswer answer = views.view(created, user, true, true);
        return isPythonSdk(parameters) ? answer.slim() : answer;
    }

    @GetMapping({"/v0/workspaces/{id}", "/v1/workspaces/{id}"})
    WorkspaceAnswer get(@AuthenticationPrincipal Caller caller, @PathVariable String id, HttpServletRequest request) {
        ClientParameters parameters = ClientParameters.ofQuery(request);
        Workspace workspace = find(id);
        requireRole(caller, workspace, WorkspaceRole.VIEWER);
        return views.view(
                workspace,
                caller.user().orElse(null),
                parameters.isTrue("with_token"),
                parameters.isTrue("with_organization"));
    }

    @DeleteMapping({"/v0/workspaces/{id}", "/v1/workspaces/{id}"})
    Map<String, Object> delete(
            @AuthenticationPrincipal Caller caller, @PathVariable String id, HttpServletRequest request) {
        Workspace workspace = find(id);
        requireRole(caller, workspace, WorkspaceRole.ADMIN);
        ClientParameters parameters = ClientParameters.of(request);
        boolean confirmed = parameters.isTrue("hard_delete_confirmation")
                || parameters
                        .find("confirmation")
                        .filter(workspace.name()::equals)
                        .isPresent();
        if (!confirmed) {
            throw ApiException.badRequest("Deleting a workspace cannot be undone: confirm it with"
                    + " hard_delete_confirmation=yes or confirmation=" + workspace.name());
        }
        service.delete(workspace);
        return Map.of("ok", true);
    }

    @PutMapping("/v0/workspaces/{id}/users")
    WorkspaceAnswer changeMembers(
            @AuthenticationPrincipal Caller caller, @PathVariable String id, HttpServletRequest request) {
        Workspace workspace = find(id);
        requireRole(caller, workspace, WorkspaceRole.ADMIN);
        ClientParameters parameters = ClientParameters.of(request);
        List<String> emails = Arrays.stream(parameters.require("users").split(","))
                .map(String::strip)
                .filter(email -> !email.isEmpty())
                .toList();
        if (emails.isEmpty()) {
            throw ApiException.badRequest(
                    "The parameter 'users' names nobody: send e-mail addresses, separated by commas");
        }
        switch (parameters.require("operation")) {
            // Invited people are guests unless the invitation says otherwise (WS-7).
            case "add" -> service.setRoles(workspace, emails, role(parameters, "role", WorkspaceRole.GUEST));
            case "change_role" -> {
                requireMembers(workspace, emails);
                service.setRoles(workspace, emails, role(parameters, "new_role", null));
            }
            case "remove" -> {
                requireMembers(workspace, emails);
                service.remove(workspace, emails);
            }
            default -> throw ApiException.badRequest("The operation is one of add, remove and change_role");
        }
        return views.view(find(id), caller.user().orElse(null), false, false);
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onEngineFailure(ClickHouseException e) {
        return EngineFailure.answer(e);
    }

    private void requireMembers(Workspace workspace, List<String> emails) {
        List<String> members = views.view(workspace, null, false, false).members().stream()
                .map(WorkspaceAnswer.MemberAnswer::email)
                .toList();
        for (String email : emails) {
            if (!members.contains(WorkspaceService.normal(email))) {
                throw ApiException.notFound("'%s' is not a member".formatted(email));
            }
        }
    }

    private static WorkspaceRole role(ClientParameters parameters, String name, @Nullable WorkspaceRole otherwise) {
        Optional<String> text = parameters.find(name);
        if (text.isEmpty() && otherwise != null) {
            return otherwise;
        }
        return text.flatMap(WorkspaceRole::parse)
                .orElseThrow(() -> ApiException.badRequest(
                        "The parameter '%s' is one of admin, guest and viewer".formatted(name)));
    }

    private Workspace find(String idOrName) {
        Optional<Workspace> found;
        try {
            found = workspaces.findById(WorkspaceId.parse(idOrName).value());
        } catch (IllegalArgumentException notAnId) {
            found = workspaces.findByName(idOrName);
        }
        return found.orElseThrow(() -> ApiException.notFound("The workspace '%s' does not exist".formatted(idOrName)));
    }

    /**
     * By the person's role, an organization admin's power over all its workspaces (ORG-11), or the workspace's own token.
     * To change something, a person shows the user token (TOK-6): a personal token of one workspace must not do for
     * others, where its owner may have a mightier role.
     */
    private void requireRole(Caller caller, Workspace workspace, WorkspaceRole least) {
        Optional<UserId> person =
                caller instanceof Caller.Person || least == WorkspaceRole.VIEWER ? caller.user() : Optional.empty();
        boolean allowed = person.flatMap(workspace::roleOf)
                        .filter(role -> role.compareTo(least) <= 0)
                        .isPresent()
                || person.filter(user -> administersOrganization(user, workspace))
                        .isPresent()
                || holdsToken(caller, workspace, least);
        if (!allowed) {
            throw ApiException.forbidden(
                    "You need the role %s in the workspace '%s'".formatted(least.text(), workspace.name()));
        }
    }

    private static boolean holdsToken(Caller caller, Workspace workspace, WorkspaceRole least) {
        Action action = least == WorkspaceRole.ADMIN ? Action.ADMINISTER : Action.READ_RESOURCES;
        return caller instanceof Caller.Tenant tenant
                && tenant.workspace().equals(workspace.id())
                && Access.to(tenant, action).allowed();
    }

    private boolean administersOrganization(UserId user, Workspace workspace) {
        return organizations.findByMember(user.value()).stream()
                .filter(organization -> organization.id().equals(workspace.organization()))
                .anyMatch(organization -> organization
                        .roleOf(user)
                        .filter(OrganizationRole.ADMIN::equals)
                        .isPresent());
    }

    private static OrganizationId organizationId(String text) {
        try {
            return OrganizationId.parse(text);
        } catch (IllegalArgumentException notAnId) {
            throw ApiException.badRequest("'%s' is no organization id".formatted(text));
        }
    }

    private static boolean isPythonSdk(ClientParameters parameters) {
        return parameters.find("from").filter("python-sdk"::equals).isPresent();
    }
}
