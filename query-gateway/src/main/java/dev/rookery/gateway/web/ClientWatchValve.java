package dev.rookery.gateway.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Lends each request a look at its own connection, which the servlet API does not offer. */
public final class ClientWatchValve extends ValveBase {
    public ClientWatchValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ClientWatch.class.getName(), new ClientWatch(request.getCoyoteRequest()));
        getNext().invoke(request, response);
    }
}
