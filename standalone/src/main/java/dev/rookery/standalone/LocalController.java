package dev.rookery.standalone;

import dev.rookery.access.web.ApiException;
import dev.rookery.standalone.LocalBootstrap.LocalTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What exists on one machine only (client-contract.md 4). */
@RestController
class LocalController {
    private final LocalBootstrap bootstrap;

    LocalController(LocalBootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** The way in for local clients: full power, and therefore for this machine alone. */
    @GetMapping("/tokens")
    LocalTokens tokens(HttpServletRequest request) {
        if (!isLocal(request.getRemoteAddr()) || !isLocalName(request.getServerName())) {
            throw ApiException.forbidden("/tokens answers this machine only: use http://localhost");
        }
        // Any page may call the API from a browser; a page of another site must not fetch the tokens to do so.
        String origin = request.getHeader("Origin");
        if (origin != null && !isLocalOrigin(origin)) {
            throw ApiException.forbidden("/tokens is not for pages of other sites");
        }
        return bootstrap.tokens();
    }

    @GetMapping("/")
    Map<String, String> root() {
        return Map.of("name", "rookery", "docs", "/docs");
    }

    private static boolean isLocalOrigin(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && isLocalName(host);
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    private static boolean isLocal(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** A page that makes a browser call localhost under a name of its own must not get the tokens. */
    private static boolean isLocalName(String name) {
        return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]") || name.equals("::1");
    }
}
