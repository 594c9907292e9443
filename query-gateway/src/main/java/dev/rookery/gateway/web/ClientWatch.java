package dev.rookery.gateway.web;

import jakarta.servlet.ServletRequest;
import java.util.function.BooleanSupplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;

/**
 * The connection a request came on: whether the client has closed it, and a way to cut it. Used by the thread that serves
 * the request, after the body has been read.
 */
public final class ClientWatch {
    private final Request request;

    ClientWatch(Request request) {
        this.request = request;
    }

    /** Says whether the client is gone; never where the container does not tell. */
    public static BooleanSupplier of(ServletRequest request) {
        return request.getAttribute(ClientWatch.class.getName()) instanceof ClientWatch watch
                ? watch::isGone
                : () -> false;
    }

    /** Ends the connection in the middle of the answer, so that no client takes what it has for the whole. */
    static void cut(ServletRequest request, Throwable reason) {
        if (request.getAttribute(ClientWatch.class.getName()) instanceof ClientWatch watch) {
            watch.request.getResponse().action(ActionCode.CLOSE_NOW, reason);
        }
    }

    /**
     * Tomcat tries to read without waiting, and reports an end of the stream as something to be read. A client that sends
     * its next request before this answer is taken for gone as well; no client of ours does.
     */
    private boolean isGone() {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }
}
