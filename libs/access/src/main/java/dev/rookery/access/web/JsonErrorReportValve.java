package dev.rookery.access.web;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Tomcat's own refusals (malformed requests that reach no servlet) as JSON instead of HTML; Tomcat makes it by name. */
public final class JsonErrorReportValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/json");
            response.setCharacterEncoding("UTF-8");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write("{\"error\":\"" + JsonErrorController.message(code) + "\"}");
                response.finishResponse();
            }
        } catch (IOException clientGone) {
            container.getLogger().debug("cannot report an error", clientGone);
        }
    }
}
