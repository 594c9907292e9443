package dev.rookery.ingest.events;

import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.ingest.encoding.BodyFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call. They come from the query string alone: the body is rows, whatever its Content-Type says
 * (EV-15).
 *
 * @param name the data source's name or id (EV-2)
 * @param untilStored whether to answer only when the rows are in ClickHouse (EV-8)
 * @param minDeployment the least deployment the rows are for (EV-12)
 * @param idempotencyKey the request's name, by the header {@code Idempotency-Key}: a repeat within 10 minutes is dropped
 */
record EventsRequest(
        String name,
        boolean untilStored,
        BodyFormat format,
        OptionalInt minDeployment,
        Optional<String> idempotencyKey) {
    private static final int LONGEST_KEY = 255;

    /** @throws ApiException 400 naming the parameter at fault */
    static EventsRequest of(HttpServletRequest request) {
        ClientParameters query = ClientParameters.ofQuery(request);
        String name = query.find("name")
                .orElseThrow(() -> ApiException.badRequest(
                        "The parameter 'name' is missing: say which data source the rows are for, as in ?name=events"));
        return new EventsRequest(
                name,
                query.isTrue("wait"),
                query.find("format").map(EventsRequest::format).orElse(BodyFormat.NDJSON),
                query.find("__tb__min_deployment").map(EventsRequest::number).orElse(OptionalInt.empty()),
                idempotencyKey(request.getHeader("Idempotency-Key")));
    }

    private static Optional<String> idempotencyKey(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        if (header.length() > LONGEST_KEY) {
            throw ApiException.badRequest("The header 'Idempotency-Key' is longer than 255 characters");
        }
        return Optional.of(header.strip());
    }

    private static BodyFormat format(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ndjson" -> BodyFormat.NDJSON;
            case "json" -> BodyFormat.JSON;
            default ->
                throw ApiException.badRequest(
                        "The format '%s' is not supported; use 'ndjson' or 'json'".formatted(text));
        };
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(
                    "The parameter '__tb__min_deployment' must be the number of a deployment, not '%s'"
                            .formatted(text));
        }
    }
}
