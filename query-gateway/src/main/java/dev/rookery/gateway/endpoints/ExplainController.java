package dev.rookery.gateway.endpoints;

import dev.rookery.access.Caller;
import dev.rookery.gateway.query.Ask;
import dev.rookery.gateway.query.Door;
import dev.rookery.gateway.query.Explanation;
import dev.rookery.gateway.query.QueryParameters;
import dev.rookery.gateway.query.QueryRequest;
import dev.rookery.gateway.query.QueryService;
import dev.rookery.gateway.web.RequestIds;
import dev.rookery.gateway.web.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What an endpoint would run with these parameters, and how (client-contract.md 11). */
@RestController
class ExplainController {
    private final QueryService queries;

    ExplainController(QueryService queries) {
        this.queries = queries;
    }

    @GetMapping(EndpointConfiguration.EXPLAIN_PATH)
    Explanation explain(
            @PathVariable String pipe,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        QueryParameters parameters = QueryParameters.of(request);
        return queries.explain(new QueryRequest(
                RequestIds.assign(response),
                Tenants.require(caller),
                Door.API,
                parameters.find("__tb__deployment").orElse(null),
                new Ask.Endpoint(pipe, null),
                parameters.values(),
                new QueryRequest.Format("JSON", true),
                Map.of(),
                Map.of(),
                null));
    }
}
