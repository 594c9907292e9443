package dev.rookery.gateway.query;

import dev.rookery.template.TemplateParameter;
import java.util.List;

/**
 * An endpoint as its callers see it.
 *
 * @param description empty where the pipe has none
 * @param parameters those of the pipe and of the pipes it reads, each once
 */
public record EndpointDescription(String name, String description, List<TemplateParameter> parameters) {
    public EndpointDescription {
        parameters = List.copyOf(parameters);
    }
}
