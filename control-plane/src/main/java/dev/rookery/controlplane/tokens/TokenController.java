package dev.rookery.controlplane.tokens;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.controlplane.CallerContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The token API (client-contract.md 7). A token is named by its id, name or text. */
@RestController
class TokenController {
    private static final String TEXT_SUFFIX = ".token";

    private final TokenService service;
    private final TokenViews views;
    private final TokenStore tokens;
    private final JwtIssue jwts;

    TokenController(TokenService service, TokenViews views, TokenStore tokens, JwtIssue jwts) {
        this.service = service;
        this.views = views;
        this.tokens = tokens;
        this.jwts = jwts;
    }

    record Tokens(List<TokenAnswer> tokens) {}

    @GetMapping("/v0/tokens")
    Tokens list(@AuthenticationPrincipal Caller caller) {
        Caller.Tenant tenant = CallerContext.tenant(caller);
        List<StaticToken> found = service.list(tenant);
        Map<TokenId, String> texts = tokens.texts(tenant.workspace());
        // One deleted between the two looks is not there any more.
        return new Tokens(found.stream()
                .filter(token -> texts.containsKey(token.id()))
                .map(token -> views.view(token, Objects.requireNonNull(texts.get(token.id()))))
                .toList());
    }

    @GetMapping("/v0/tokens/{token}")
    @Nullable
    TokenAnswer get(@AuthenticationPrincipal Caller caller, @PathVariable String token, HttpServletResponse response)
            throws IOException {
        Optional<StaticToken> found = find(caller, token);
        if (found.isEmpty() && token.endsWith(TEXT_SUFFIX)) {
            String named = token.substring(0, token.length() - TEXT_SUFFIX.length());
            String text = tokens.text(
                    find(caller, named).orElseThrow(TokenController::unknown).id());
            // Clients take a text for one only when nothing follows (rule 10).
            response.setHeader("Content-Type", "text/plain");
            response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return null;
        }
        return views.view(found.orElseThrow(TokenController::unknown));
    }

    record Made(String token) {}

    @PostMapping("/v0/tokens")
    Object create(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Caller.Tenant tenant = CallerContext.tenant(caller);
        TokenRequest asked = TokenRequest.of(ClientParameters.of(request));
        return asked.expiration().isPresent()
                ? new Made(jwts.sign(tenant, asked))
                : views.view(service.create(tenant, asked));
    }

    @PutMapping("/v0/tokens/{token}")
    TokenAnswer update(@AuthenticationPrincipal Caller caller, @PathVariable String token, HttpServletRequest request) {
        Caller.Tenant tenant = CallerContext.tenant(caller);
        return views.view(service.update(tenant, token, TokenRequest.of(ClientParameters.of(request))));
    }

    @PostMapping("/v0/tokens/{token}/refresh")
    TokenAnswer refresh(@AuthenticationPrincipal Caller caller, @PathVariable String token) {
        if (caller instanceof Caller.Person person && service.own(person, token).isPresent()) {
            return views.view(service.refreshOwn(person));
        }
        return views.view(service.refresh(CallerContext.tenant(caller), token));
    }

    @DeleteMapping("/v0/tokens/{token}")
    Map<String, Boolean> delete(@AuthenticationPrincipal Caller caller, @PathVariable String token) {
        service.delete(CallerContext.tenant(caller), token);
        return Map.of("ok", true);
    }

    private Optional<StaticToken> find(Caller caller, String reference) {
        if (caller instanceof Caller.Person person) {
            return service.own(person, reference);
        }
        return service.find(CallerContext.tenant(caller), reference);
    }

    /** One answer for tokens that do not exist and for those that are none of the caller's business. */
    private static ApiException unknown() {
        return ApiException.forbidden("Token has not enough permissions to get information about this token");
    }
}
