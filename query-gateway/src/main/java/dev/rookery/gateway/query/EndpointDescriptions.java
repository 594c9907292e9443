package dev.rookery.gateway.query;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.datafile.PipeNode;
import dev.rookery.datafile.PipeType;
import dev.rookery.template.Template;
import dev.rookery.template.TemplateException;
import dev.rookery.template.TemplateParameter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What endpoints there are for a token (GW-21). Thread safe. */
public final class EndpointDescriptions {
    private static final Pattern WORDS = Pattern.compile("\\w+");

    private final WorkspaceSnapshots snapshots;

    public EndpointDescriptions(WorkspaceSnapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * The endpoints that the caller may call, by name.
     *
     * @param deployment what {@code __tb__deployment} says; null for the live one
     * @throws ApiException 404 when there is no such deployment
     */
    public List<EndpointDescription> of(Caller.OfWorkspace caller, @Nullable String deployment) {
        DeploymentView view = snapshots
                .get(caller.workspace())
                .select(deployment)
                .orElseThrow(() -> ApiException.notFound("There is no deployment '%s'".formatted(deployment)));
        Restrictions restrictions = Restrictions.of(caller);
        return view.pipes().values().stream()
                .filter(pipe -> pipe.file().type() == PipeType.ENDPOINT)
                .filter(pipe -> new Access(
                                caller, Action.READ_PIPE, pipe.name(), pipe.id().toString())
                        .allowed())
                .map(pipe -> describe(pipe, view, restrictions.fixed(pipe).keySet()))
                .toList();
    }

    /** @param fixed parameters that this caller cannot choose */
    private static EndpointDescription describe(PipeEntry pipe, DeploymentView view, Set<String> fixed) {
        Map<String, TemplateParameter> parameters = new LinkedHashMap<>();
        collect(pipe, view, parameters, new HashSet<>());
        parameters.keySet().removeAll(fixed);
        var description = pipe.file().description();
        return new EndpointDescription(
                pipe.name(), description == null ? "" : description.value(), List.copyOf(parameters.values()));
    }

    /** Parameters go down to every pipe that is read. A name that only occurs in the text adds too many, never too few. */
    private static void collect(
            PipeEntry pipe, DeploymentView view, Map<String, TemplateParameter> parameters, Set<String> seen) {
        if (!seen.add(pipe.name())) {
            return;
        }
        for (PipeNode node : pipe.file().nodes()) {
            template(node)
                    .ifPresent(template -> template.parameters().stream()
                            .filter(parameter -> !QueryParameters.RESERVED.contains(parameter.name()))
                            .forEach(parameter -> parameters.putIfAbsent(parameter.name(), parameter)));
            WORDS.matcher(node.sql().text())
                    .results()
                    .map(word -> view.pipes().get(word.group()))
                    .filter(Objects::nonNull)
                    .forEach(read -> collect(read, view, parameters, seen));
        }
    }

    /** A node that is no valid template has no parameters to tell about; a call says what is wrong with it. */
    private static Optional<Template> template(PipeNode node) {
        try {
            return Optional.of(Template.compile(node.sql().text(), node.name()));
        } catch (TemplateException invalid) {
            return Optional.empty();
        }
    }
}
