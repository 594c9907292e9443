package dev.rookery.gateway.sqlapi;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.gateway.limits.QueryAdmission;
import dev.rookery.gateway.query.Answer;
import dev.rookery.gateway.query.Ask;
import dev.rookery.gateway.query.ClientSettings;
import dev.rookery.gateway.query.Door;
import dev.rookery.gateway.query.Formats;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The Query API (SQL-1 to SQL-5). */
@RestController
class SqlController {
    private final QueryAdmission admission;
    private final QueryService queries;

    SqlController(QueryAdmission admission, QueryService queries) {
        this.admission = admission;
        this.queries = queries;
    }

    @RequestMapping(
            path = SqlConfiguration.PATH,
            method = {RequestMethod.GET, RequestMethod.POST})
    void query(@AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response) {
        String id = RequestIds.assign(response);
        Caller.OfWorkspace member = Tenants.require(caller);
        admission.admit(member, response);
        QueryParameters parameters = QueryParameters.of(request);
        String sql = parameters
                .statement()
                .orElseThrow(() -> ApiException.badRequest(
                        "The query is missing: send it as the parameter 'q', or as the body of a POST"));
        String format = parameters.find("format").flatMap(Formats::ofExtension).orElse("JSON");
        var query = new QueryRequest(
                id,
                member,
                Door.API,
                parameters.find("__tb__deployment").orElse(null),
                new Ask.Statement(sql, parameters.find("pipeline").orElse(null), null),
                parameters.values(),
                new QueryRequest.Format(format, false),
                ClientSettings.ofParameters(parameters),
                Map.of(),
                request.getHeader("Accept-Encoding"));
        Answer answer = queries.run(query, ClientWatch.of(request));
        String type = Formats.contentType(answer.format(), answer.header("Content-Type"));
        AnswerWriter.write(answer, type, request, response);
    }
}
