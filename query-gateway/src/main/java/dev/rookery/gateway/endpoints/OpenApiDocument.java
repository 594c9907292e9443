package dev.rookery.gateway.endpoints;

import dev.rookery.gateway.query.EndpointDescription;
import dev.rookery.template.TemplateParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes endpoints as an OpenAPI 3.1 document. */
final class OpenApiDocument {
    private OpenApiDocument() {}

    /** @param server the base address that clients call */
    static Map<String, Object> of(String server, List<EndpointDescription> endpoints) {
        Map<String, Object> paths = new LinkedHashMap<>();
        endpoints.forEach(
                endpoint -> paths.put("/pipes/" + endpoint.name() + ".json", Map.of("get", operation(endpoint))));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Endpoints", "version", "1.0.0"));
        document.put("servers", List.of(Map.of("url", server)));
        document.put("security", List.of(Map.of("bearer", List.of()), Map.of("token", List.of())));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of(
                                "bearer", Map.of("type", "http", "scheme", "bearer"),
                                "token", Map.of("type", "apiKey", "in", "query", "name", "token")),
                        "schemas",
                        Map.of("Result", result(), "Error", error())));
        return document;
    }

    private static Map<String, Object> operation(EndpointDescription endpoint) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", endpoint.name());
        operation.put("summary", endpoint.name());
        if (!endpoint.description().isEmpty()) {
            operation.put("description", endpoint.description());
        }
        operation.put(
                "parameters",
                endpoint.parameters().stream().map(OpenApiDocument::parameter).toList());
        operation.put(
                "responses",
                Map.of(
                        "200", response("The result", "Result"),
                        "400", response("The parameters or the query are at fault", "Error"),
                        "403", response("The token does not allow it", "Error"),
                        "404", response("There is no such endpoint", "Error"),
                        "408", response("The query took too long", "Error"),
                        "429", response("Too many requests", "Error")));
        return operation;
    }

    private static Map<String, Object> parameter(TemplateParameter parameter) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", parameter.name());
        written.put("in", "query");
        written.put("required", parameter.required() && !parameter.hasDefault());
        putIfPresent(written, "description", parameter.description());
        Map<String, Object> schema = schema(parameter.type(), parameter.elementType());
        putIfPresent(schema, "default", parameter.defaultValue());
        putIfPresent(written, "example", parameter.example());
        if (!parameter.enumValues().isEmpty()) {
            schema.put("enum", parameter.enumValues());
        }
        written.put("schema", schema);
        return written;
    }

    private static Map<String, Object> schema(String type, @Nullable String elementType) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type.startsWith("Int") || type.startsWith("UInt")) {
            schema.put("type", "integer");
        } else if (type.startsWith("Float") || type.startsWith("Decimal")) {
            schema.put("type", "number");
        } else if (type.equals("Boolean") || type.equals("Bool")) {
            schema.put("type", "boolean");
        } else if (type.equals("Array")) {
            schema.put("type", "array");
            schema.put("items", schema(elementType == null ? "String" : elementType, null));
        } else {
            schema.put("type", "string");
            if (type.equals("Date")) {
                schema.put("format", "date");
            }
        }
        return schema;
    }

    private static void putIfPresent(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static Map<String, Object> response(String description, String schema) {
        return Map.of(
                "description",
                description,
                "content",
                Map.of("application/json", Map.of("schema", Map.of("$ref", "#/components/schemas/" + schema))));
    }

    private static Map<String, Object> result() {
        Map<String, Object> column = Map.of(
                "type",
                "object",
                "properties",
                Map.of("name", Map.of("type", "string"), "type", Map.of("type", "string")));
        Map<String, Object> statistics = Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "elapsed", Map.of("type", "number"),
                        "rows_read", Map.of("type", "integer"),
                        "bytes_read", Map.of("type", "integer")));
        return Map.of(
                "type",
                "object",
                "required",
                List.of("meta", "data", "rows"),
                "properties",
                Map.of(
                        "meta", Map.of("type", "array", "items", column),
                        "data", Map.of("type", "array", "items", Map.of("type", "object")),
                        "rows", Map.of("type", "integer"),
                        "rows_before_limit_at_least", Map.of("type", "integer"),
                        "statistics", statistics));
    }

    private static Map<String, Object> error() {
        return Map.of(
                "type",
                "object",
                "required",
                List.of("error"),
                "properties",
                Map.of("error", Map.of("type", "string"), "documentation", Map.of("type", "string")));
    }
}
