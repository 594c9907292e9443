package dev.rookery.controlplane.identity;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.Callers;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.organizations.Organization;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.organizations.User;
import dev.rookery.catalog.organizations.UserRepository;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.controlplane.CallerContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Who and where the caller is (client-contract.md 5). */
@RestController
class IdentityController {
    private final WorkspaceRepository workspaces;
    private final UserRepository users;
    private final OrganizationRepository organizations;
    private final Callers callers;
    private final RegionProperties region;

    IdentityController(
            WorkspaceRepository workspaces,
            UserRepository users,
            OrganizationRepository organizations,
            Callers callers,
            RegionProperties region) {
        this.workspaces = workspaces;
        this.users = users;
        this.organizations = organizations;
        this.callers = callers;
        this.region = region;
    }

    /** Exactly these six: the Python SDK takes another key for an error (client-contract.md 17). */
    record CurrentWorkspace(
            String id,
            String name,
            @Nullable String userId,
            @Nullable String userEmail,
            String scope,
            @Nullable String main) {}

    @GetMapping({"/v0/workspace", "/v1/workspace"})
    CurrentWorkspace workspace(@AuthenticationPrincipal Caller caller) {
        Caller.Tenant tenant = CallerContext.tenant(caller);
        Workspace workspace = workspaces.findById(tenant.workspace().value()).orElseThrow();
        // Tokens of the workspace itself count as its creator's, for clients insist on a person.
        Optional<User> user = caller.user().or(workspace::createdBy).flatMap(this::user);
        return new CurrentWorkspace(
                workspace.id().toString(),
                workspace.name(),
                user.map(found -> found.id().toString()).orElse(null),
                user.map(User::email).orElse(null),
                Access.to(tenant, Action.ADMINISTER).allowed() ? "admin" : "user",
                workspace.parent().map(Object::toString).orElse(null));
    }

    record AuthAnswer(boolean isValid, boolean isUser) {}

    /** Answers 200 for any token, for it is how clients find out whether theirs is good. */
    @GetMapping("/v0/auth")
    AuthAnswer auth(HttpServletRequest request) {
        Optional<String> token = callers.tokenOf(request);
        if (token.isEmpty()) {
            return new AuthAnswer(false, false);
        }
        try {
            return new AuthAnswer(true, callers.identify(token.get()) instanceof Caller.Person);
        } catch (ApiException unknown) {
            return new AuthAnswer(false, false);
        }
    }

    record RegionAnswer(String name, String provider, String host, String apiHost) {}

    /** Exactly what the Python SDK expects when it asks (client-contract.md 5). */
    record SlimRegionAnswer(String name, String provider, String apiHost) {}

    @GetMapping("/v0/regions")
    Map<String, List<?>> regions(HttpServletRequest request) {
        boolean slim = ClientParameters.ofQuery(request)
                .find("from")
                .filter("python-sdk"::equals)
                .isPresent();
        String url = region.urlFor(request);
        return Map.of(
                "regions",
                List.of(
                        slim
                                ? new SlimRegionAnswer(region.name(), region.provider(), url)
                                : new RegionAnswer(region.name(), region.provider(), url, url)));
    }

    @GetMapping("/v0/health")
    Map<String, String> health() {
        return Map.of("status", "ok");
    }

    record OrganizationAnswer(
            String id, String name, @Nullable String domain, String plan) {}

    @GetMapping("/v0/organizations/{id}")
    OrganizationAnswer organization(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        UserId user = CallerContext.user(caller);
        Organization organization = parse(id)
                .flatMap(organizations::findById)
                .filter(found -> found.roleOf(user).isPresent())
                .orElseThrow(() -> ApiException.notFound("The organization '%s' does not exist".formatted(id)));
        return new OrganizationAnswer(
                organization.id().toString(),
                organization.name(),
                organization.domain().orElse(null),
                organization.plan());
    }

    private Optional<User> user(UserId id) {
        return users.findById(id.value());
    }

    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
