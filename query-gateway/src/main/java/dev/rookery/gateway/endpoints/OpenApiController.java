package dev.rookery.gateway.endpoints;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.gateway.query.EndpointDescriptions;
import dev.rookery.gateway.web.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** One OpenAPI document with every endpoint of a token (GW-21). */
@RestController
class OpenApiController {
    private final EndpointDescriptions endpoints;

    OpenApiController(EndpointDescriptions endpoints) {
        this.endpoints = endpoints;
    }

    @GetMapping(path = "/v0/pipes/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> openApi(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        String deployment =
                ClientParameters.ofQuery(request).find("__tb__deployment").orElse(null);
        String server = ServletUriComponentsBuilder.fromContextPath(request)
                .path("/v0")
                .build()
                .toUriString();
        return OpenApiDocument.of(server, endpoints.of(Tenants.require(caller), deployment));
    }
}
