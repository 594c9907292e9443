package dev.rookery.gateway.web;

import com.github.f4b6a3.ulid.UlidCreator;
import jakarta.servlet.http.HttpServletResponse;

/** Names each request (GW-6). */
public final class RequestIds {
    /** The response header that carries the id. */
    public static final String HEADER = "x-request-id";

    private RequestIds() {}

    /** A new ULID, told to the client on whatever the answer will be. */
    public static String assign(HttpServletResponse response) {
        String id = UlidCreator.getMonotonicUlid().toString();
        response.setHeader(HEADER, id);
        return id;
    }
}
