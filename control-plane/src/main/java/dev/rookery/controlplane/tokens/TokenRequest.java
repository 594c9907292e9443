package dev.rookery.controlplane.tokens;

import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a client asks of a token, from query, form or JSON alike (client-contract.md 7).
 *
 * @param scopes as text, {@code TYPE[:resource[:filter]]}; empty where the client says nothing about them
 * @param scopeObjects the same as JSON objects
 * @param expiration when a JWT shall end, Unix time in seconds; present exactly for JWTs
 * @param limits what a JWT's holder is held to
 */
record TokenRequest(
        Optional<String> name,
        Optional<String> description,
        List<String> scopes,
        List<JsonNode> scopeObjects,
        Optional<String> expiration,
        Optional<JsonNode> limits) {

    static TokenRequest of(ClientParameters parameters) {
        List<String> texts = new ArrayList<>();
        List<JsonNode> objects = new ArrayList<>();
        // Objects are in the JSON alone; texts may stand under either name, wherever the client puts them.
        for (String name : List.of("scope", "scopes")) {
            parameters.all(name).stream().filter(text -> !text.isBlank()).forEach(texts::add);
            parameters
                    .json()
                    .map(json -> json.path(name))
                    .filter(JsonNode::isArray)
                    .ifPresent(array ->
                            array.valueStream().filter(JsonNode::isObject).forEach(objects::add));
        }
        return new TokenRequest(
                parameters.find("name"),
                parameters.all("description").stream().findFirst(),
                List.copyOf(texts),
                List.copyOf(objects),
                parameters.find("expiration_time"),
                parameters
                        .json()
                        .map(json -> json.path("limits"))
                        .filter(node -> !node.isMissingNode() && !node.isNull()));
    }

    boolean namesScopes() {
        return !scopes.isEmpty() || !scopeObjects.isEmpty();
    }

    /** All scopes as text. */
    List<String> scopeTexts() {
        List<String> all = new ArrayList<>(scopes);
        scopeObjects.forEach(object -> all.add(text(object)));
        return all;
    }

    private static String text(JsonNode scope) {
        String type = scope.path("type").asString("");
        String resource = scope.path("resource").asString("");
        String filter = scope.path("filter").asString("");
        if (scope.path("fixed_params").isObject() && !scope.path("fixed_params").isEmpty()) {
            throw ApiException.badRequest(
                    "Static tokens have no fixed parameters; give an expiration_time to create a JWT");
        }
        if (filter.isBlank()) {
            return resource.isBlank() ? type : type + ":" + resource;
        }
        return type + ":" + resource + ":" + filter;
    }
}
