package dev.rookery.gateway.web;

import jakarta.servlet.ServletRequest;
import java.util.function.BooleanSupplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;

/**
 * Whether the client of a request has closed its connection, while its answer is still being made. Used by the thread that
 * serves the request, after the body has been read.
 */
public final class ClientWatch {
    private final Request request;

    ClientWatch(Request request) {
        this.request = request;
    }

    /** The watch of a request; one that never says so where the container does not offer it. */
    public static BooleanSupplier of(ServletRequest request) {
        return request.getAttribute(ClientWatch.class.getName()) instanceof ClientWatch watch
                ? watch::isGone
                : () -> false;
    }

    /**
     * Tomcat tries to read without waiting, and reports an end of the stream as something to be read. A client that sends
     * its next request before this answer is taken for gone as well; none of ours does.
     */
    private boolean isGone() {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }
}
