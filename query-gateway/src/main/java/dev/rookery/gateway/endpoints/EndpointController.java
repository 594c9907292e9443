package dev.rookery.gateway.endpoints;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.gateway.limits.EndpointGuard;
import dev.rookery.gateway.limits.QueryAdmission;
import dev.rookery.gateway.query.Answer;
import dev.rookery.gateway.query.Ask;
import dev.rookery.gateway.query.ClientSettings;
import dev.rookery.gateway.query.Door;
import dev.rookery.gateway.query.Formats;
import dev.rookery.gateway.query.QueryException;
import dev.rookery.gateway.query.QueryParameters;
import dev.rookery.gateway.query.QueryRequest;
import dev.rookery.gateway.query.QueryService;
import dev.rookery.gateway.web.AnswerWriter;
import dev.rookery.gateway.web.ClientWatch;
import dev.rookery.gateway.web.RequestIds;
import dev.rookery.gateway.web.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Published pipes as endpoints (GW-1, GW-2). */
@RestController
class EndpointController {
    private final QueryAdmission admission;
    private final QueryService queries;

    EndpointController(QueryAdmission admission, QueryService queries) {
        this.admission = admission;
        this.queries = queries;
    }

    @RequestMapping(
            path = EndpointConfiguration.PATH,
            method = {RequestMethod.GET, RequestMethod.POST})
    void call(
            @PathVariable String file,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        String id = RequestIds.assign(response);
        Caller.OfWorkspace member = Tenants.require(caller);
        admission.admit(member, response);
        int dot = file.lastIndexOf('.');
        String format = Formats.ofExtension(file.substring(dot + 1))
                .orElseThrow(() -> ApiException.notFound("There is no such format"));
        QueryParameters parameters = QueryParameters.of(request);
        var query = new QueryRequest(
                id,
                member,
                Door.API,
                parameters.find("__tb__deployment").orElse(null),
                new Ask.Endpoint(file.substring(0, dot), parameters.find("q").orElse(null)),
                parameters.values(),
                new QueryRequest.Format(format, true),
                ClientSettings.ofParameters(parameters),
                Map.of(),
                request.getHeader("Accept-Encoding"));
        EndpointGuard.Call call = admission.enter(member, file.substring(0, dot));
        boolean exhausted = false;
        try {
            Answer answer = queries.run(query, ClientWatch.of(request));
            String type = Formats.contentType(answer.format(), answer.header("Content-Type"));
            AnswerWriter.write(answer, type, request, response);
        } catch (QueryException e) {
            exhausted = e.isExhaustion();
            throw e;
        } finally {
            call.ended(exhausted);
        }
    }
}
