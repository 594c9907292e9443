package dev.rookery.gateway.clickhouseinterface;

import dev.rookery.access.Caller;
import dev.rookery.access.Callers;
import dev.rookery.access.web.ApiException;
import dev.rookery.gateway.limits.QueryAdmission;
import dev.rookery.gateway.query.Answer;
import dev.rookery.gateway.query.ClientGoneException;
import dev.rookery.gateway.query.QueryException;
import dev.rookery.gateway.query.QueryRequest;
import dev.rookery.gateway.query.QueryService;
import dev.rookery.gateway.web.AnswerWriter;
import dev.rookery.gateway.web.ClientWatch;
import dev.rookery.gateway.web.RequestIds;
import dev.rookery.gateway.web.Tenants;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ClickHouse's HTTP protocol for reading (CHI-2, CHI-8): the password is the token, the user name means nothing. */
final class ClickHouseServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseServlet.class);

    /** What drivers read from ClickHouse's headers. */
    private static final List<String> PASSED_ON =
            List.of("X-ClickHouse-Format", "X-ClickHouse-Timezone", "X-ClickHouse-Summary");

    private final transient Callers callers;
    private final transient QueryAdmission admission;
    private final transient QueryService queries;

    ClickHouseServlet(Callers callers, QueryAdmission admission, QueryService queries) {
        this.callers = callers;
        this.admission = admission;
        this.queries = queries;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().equals("/ping")) {
            text(response, "Ok.\n");
            return;
        }
        String id = RequestIds.assign(response);
        try {
            DriverRequest driver = DriverRequest.of(request);
            response.setHeader("X-ClickHouse-Query-Id", driver.queryId().orElse(id));
            if (driver.isGreeting()) {
                text(response, "Ok.\n");
                return;
            }
            answer(driver, id, request, response);
        } catch (ClientGoneException e) {
            LOG.debug("A query was cancelled: {}", e.getMessage());
        } catch (RuntimeException e) {
            DriverError error = DriverError.of(e);
            if (e instanceof QueryException query && error.status() >= 500) {
                LOG.error("A query failed: {}", query.forLogs());
            } else if (error.status() >= 500) {
                LOG.error("A request failed", e);
            }
            error.write(response);
        }
    }

    private void answer(DriverRequest driver, String id, HttpServletRequest request, HttpServletResponse response) {
        Caller.OfWorkspace caller = Tenants.require(callers.identify(driver.token()
                .orElseThrow(() -> ApiException.forbidden("Authentication failed: send a token as the password"))));
        admission.admit(caller, response);
        QueryRequest query = driver.query(id, caller);
        Answer answer = queries.run(query, ClientWatch.of(request));
        PASSED_ON.forEach(name -> answer.header(name).ifPresent(value -> response.setHeader(name, value)));
        AnswerWriter.write(answer, answer.header("Content-Type").orElse("application/octet-stream"), request, response);
    }

    private static void text(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
