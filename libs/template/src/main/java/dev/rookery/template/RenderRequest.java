package dev.rookery.template;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything a template may read while it renders. The caller merges fixed parameters, system variables and the
 * request's own parameters beforehand; the template sees one map (TPL-36, TPL-38).
 *
 * @param parameters by name; a JSON null counts as not sent
 * @param secrets for {@code tb_secret}; called with names that the template spells out, never with a request's value
 * @param variables for {@code tb_var}; called in the same way
 * @param limits what rendering may use
 */
public record RenderRequest(
        Map<String, ParameterValue> parameters,
        Function<String, Optional<String>> secrets,
        Function<String, Optional<String>> variables,
        RenderLimits limits) {

    /** A request without secrets or variables, under the default limits. */
    public static RenderRequest of(Map<String, ParameterValue> parameters) {
        return new RenderRequest(parameters, _ -> Optional.empty(), _ -> Optional.empty(), RenderLimits.DEFAULT);
    }

    /** The same request with a source of secrets. */
    public RenderRequest withSecrets(Function<String, Optional<String>> newSecrets) {
        return new RenderRequest(parameters, newSecrets, variables, limits);
    }

    /** The same request with a source of variables. */
    public RenderRequest withVariables(Function<String, Optional<String>> newVariables) {
        return new RenderRequest(parameters, secrets, newVariables, limits);
    }

    /** The same request under other limits. */
    public RenderRequest withLimits(RenderLimits newLimits) {
        return new RenderRequest(parameters, secrets, variables, newLimits);
    }
}
