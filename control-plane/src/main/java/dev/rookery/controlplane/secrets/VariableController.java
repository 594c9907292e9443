package dev.rookery.controlplane.secrets;

import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.secrets.Secret;
import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.controlplane.CallerContext;
import dev.rookery.controlplane.ClientTime;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Secrets, which the API calls variables (client-contract.md 13, E-11). A value comes in and never goes out: no answer, no
 * error and no log has one. A change is answered when every instance that renders templates has seen it.
 */
@RestController
class VariableController {
    private static final String ONLY_TYPE = "secret";

    private final SecretStore secrets;
    private final ChangeLog changes;
    private final VariableRates rates;

    VariableController(SecretStore secrets, ChangeLog changes, VariableRates rates) {
        this.secrets = secrets;
        this.changes = changes;
        this.rates = rates;
    }

    record VariableAnswer(String name, String type, String createdAt, String updatedAt, String editedBy) {
        static VariableAnswer of(Secret secret) {
            return new VariableAnswer(
                    secret.name(),
                    ONLY_TYPE,
                    ClientTime.iso(secret.createdAt()),
                    ClientTime.iso(secret.updatedAt()),
                    secret.editedBy());
        }
    }

    @GetMapping("/v0/variables")
    Map<String, List<VariableAnswer>> list(@AuthenticationPrincipal Caller caller, HttpServletResponse response) {
        WorkspaceId workspace = admit(caller, response).workspace();
        return Map.of(
                "variables",
                secrets.list(workspace).stream().map(VariableAnswer::of).toList());
    }

    @GetMapping("/v0/variables/{name}")
    VariableAnswer get(
            @AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletResponse response) {
        WorkspaceId workspace = admit(caller, response).workspace();
        return secrets.find(workspace, name)
                .map(VariableAnswer::of)
                .orElseThrow(() -> ApiException.notFound("Not found"));
    }

    @PostMapping("/v0/variables")
    VariableAnswer create(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response) {
        Caller.Tenant tenant = admit(caller, response);
        ClientParameters parameters = ClientParameters.of(request);
        String name = parameters.require("name");
        String value = value(parameters);
        requireKnownType(parameters);
        return changes.commitAndAwait(() -> {
            secrets.create(tenant.workspace(), name, value, editor(tenant));
            return answer(tenant, name);
        });
    }

    @PutMapping("/v0/variables/{name}")
    VariableAnswer update(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response) {
        Caller.Tenant tenant = admit(caller, response);
        ClientParameters parameters = ClientParameters.of(request);
        if (secrets.find(tenant.workspace(), name).isEmpty()) {
            throw missing();
        }
        String value = value(parameters);
        requireKnownType(parameters);
        return changes.commitAndAwait(() -> {
            if (!secrets.update(tenant.workspace(), name, value, editor(tenant))) {
                throw missing();
            }
            return answer(tenant, name);
        });
    }

    record Deleted(boolean ok) {}

    @DeleteMapping("/v0/variables/{name}")
    Deleted delete(@AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletResponse response) {
        WorkspaceId workspace = admit(caller, response).workspace();
        boolean deleted = changes.commitAndAwait(() -> secrets.delete(workspace, name));
        if (!deleted) {
            throw missing();
        }
        return new Deleted(true);
    }

    private Caller.Tenant admit(Caller caller, HttpServletResponse response) {
        Caller.Tenant tenant = CallerContext.tenant(caller, Action.MANAGE_RESOURCES);
        rates.take(tenant.workspace(), response);
        return tenant;
    }

    private VariableAnswer answer(Caller.Tenant tenant, String name) {
        return VariableAnswer.of(secrets.find(tenant.workspace(), name).orElseThrow());
    }

    /** An empty value is one: {@code .env} files are full of them. */
    private static String value(ClientParameters parameters) {
        Optional<String> value = parameters.all("value").stream().findFirst();
        return value.orElseThrow(() -> ApiException.badRequest("The parameter 'value' is missing"));
    }

    private static void requireKnownType(ClientParameters parameters) {
        String type = parameters.find("type").orElse(ONLY_TYPE);
        if (!type.equals(ONLY_TYPE)) {
            throw ApiException.badRequest("The type of a variable is 'secret', not '%s'".formatted(type));
        }
    }

    private static String editor(Caller.Tenant tenant) {
        return "token: '%s'".formatted(tenant.staticToken().name());
    }

    private static ApiException missing() {
        return ApiException.notFound("Variable not found");
    }
}
