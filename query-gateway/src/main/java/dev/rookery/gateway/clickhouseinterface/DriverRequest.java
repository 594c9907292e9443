package dev.rookery.gateway.clickhouseinterface;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.gateway.query.Ask;
import dev.rookery.gateway.query.ClientSettings;
import dev.rookery.gateway.query.Door;
import dev.rookery.gateway.query.Formats;
import dev.rookery.gateway.query.QueryRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a driver sends: parameters in the URL, credentials in one of three places, the statement in one of two. */
final class DriverRequest {
    private static final int MAX_BODY = 1 << 20;
    private static final String BASIC = "Basic ";

    private final HttpServletRequest request;
    private final Map<String, String> parameters;
    private final String body;

    private DriverRequest(HttpServletRequest request, Map<String, String> parameters, String body) {
        this.request = request;
        this.parameters = parameters;
        this.body = body;
    }

    static DriverRequest of(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("POST")) {
            throw ApiException.badRequest("Send a GET or a POST");
        }
        return new DriverRequest(request, parameters(request.getQueryString()), body(request));
    }

    /** A call without a statement, by which drivers see whether anybody is there. */
    boolean isGreeting() {
        return request.getMethod().equals("GET") && statement().isBlank();
    }

    Optional<String> queryId() {
        return Optional.ofNullable(parameters.get("query_id")).filter(id -> id.matches("[\\w.:-]{1,200}"));
    }

    Optional<String> token() {
        return Optional.ofNullable(request.getHeader("X-ClickHouse-Key"))
                .or(this::basicPassword)
                .or(() -> Optional.ofNullable(parameters.get("password")))
                .filter(token -> !token.isBlank());
    }

    /**
     * The statement for the shared pipeline.
     *
     * @throws ApiException 404 for a database other than the workspace's
     */
    QueryRequest query(String id, Caller.OfWorkspace caller) {
        Map<String, String> passedOn = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            boolean number = name.equals("client_protocol_version") || name.equals("compress");
            if (name.startsWith("param_") || (number && value.matches("\\d{1,9}"))) {
                passedOn.put(name, value);
            }
        });
        passedOn.putAll(DriverSession.of(parameters, caller.workspace()));
        return new QueryRequest(
                id,
                caller,
                Door.DRIVERS,
                null,
                new Ask.Statement(statement(), null, database().orElse(null)),
                Map.of(),
                new QueryRequest.Format(format(), false),
                ClientSettings.allowed(parameters),
                passedOn,
                "1".equals(parameters.get("enable_http_compression")) ? request.getHeader("Accept-Encoding") : null);
    }

    private String format() {
        return Formats.allowed(Optional.ofNullable(parameters.get("default_format"))
                .or(() -> Optional.ofNullable(request.getHeader("X-ClickHouse-Format")))
                .orElse("TabSeparated"));
    }

    private Optional<String> database() {
        String path = URLDecoder.decode(request.getRequestURI(), StandardCharsets.UTF_8)
                .replaceAll("^/|/$", "");
        return Optional.of(path)
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.ofNullable(parameters.get("database")))
                .or(() -> Optional.ofNullable(request.getHeader("X-ClickHouse-Database")))
                .filter(name -> !name.isEmpty());
    }

    private String statement() {
        String query = parameters.getOrDefault("query", "");
        return query.isBlank() ? body : body.isBlank() ? query : query + "\n" + body;
    }

    private Optional<String> basicPassword() {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String login = new String(decoded, StandardCharsets.UTF_8);
            int colon = login.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(login.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                    parameters.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The URL is not encoded properly");
        }
    }

    private static String body(HttpServletRequest request) {
        if (request.getHeader("Content-Encoding") != null) {
            throw ApiException.badRequest("Compressed requests are not understood here; send the statement as it is");
        }
        try {
            byte[] bytes = request.getInputStream().readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw ApiException.tooLarge("The statement is larger than 1 MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
