package dev.rookery.datafile;

import dev.rookery.datafile.NodeOutput.CopyMode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one node: the directives from its {@code NODE} line to the next. */
final class NodeReader {

    private static final List<String> ENDPOINT = List.of("CACHE");
    private static final List<String> MATERIALIZED = List.of("DATASOURCE", "DEPLOYMENT_METHOD");
    private static final List<String> COPY = List.of("TARGET_DATASOURCE", "COPY_SCHEDULE", "COPY_MODE");
    private static final Map<String, PipeType> TYPES = Map.of(
            "endpoint", PipeType.ENDPOINT,
            "materialized", PipeType.MATERIALIZED,
            "copy", PipeType.COPY,
            "sink", PipeType.SINK);

    private final RawDirective start;
    private final Problems problems;
    private final Fields fields;

    NodeReader(RawDirective start, Problems problems) {
        this.start = start;
        this.problems = problems;
        this.fields = new Fields(problems);
    }

    void take(RawDirective directive) {
        fields.add(directive);
    }

    @Nullable
    PipeNode node() {
        var name = start.value();
        if (!Names.isResourceName(name)) {
            problems.error(
                    start.at(),
                    "expected NODE <name> with letters, digits and underscores, not starting with a digit; found "
                            + Quoted.shortened(name));
        }
        var sql = Texts.sql(fields, "SQL", "a SELECT", problems);
        if (fields.raw("SQL") == null) {
            problems.error(start.at(), "expected SQL > in node " + Quoted.shortened(name));
        }
        var output = output();
        return sql == null ? null : new PipeNode(name, Texts.description(fields), sql, output, start.at());
    }

    private NodeOutput output() {
        var type = fields.choice("TYPE", TYPES);
        if (type == null) {
            if (fields.raw("TYPE") == null) {
                refuseOthers(Set.of(), PipeType.GENERIC);
            }
            return new NodeOutput.None();
        }
        var at = type.at();
        return switch (type.value()) {
            case GENERIC -> new NodeOutput.None();
            case ENDPOINT -> {
                refuseOthers(ENDPOINT, PipeType.ENDPOINT);
                yield new NodeOutput.Endpoint(cache(), at);
            }
            case MATERIALIZED -> {
                refuseOthers(MATERIALIZED, PipeType.MATERIALIZED);
                yield new NodeOutput.Materialized(
                        target("DATASOURCE", at),
                        fields.choice("DEPLOYMENT_METHOD", Map.of("alter", DeploymentMethod.ALTER)),
                        at);
            }
            case COPY -> {
                refuseOthers(COPY, PipeType.COPY);
                yield new NodeOutput.Copy(
                        target("TARGET_DATASOURCE", at),
                        schedule("COPY_SCHEDULE"),
                        fields.choice("COPY_MODE", Map.of("append", CopyMode.APPEND, "replace", CopyMode.REPLACE)),
                        at);
            }
            case SINK -> {
                refuseOthers(Vocabulary.SINK, PipeType.SINK);
                yield new NodeOutput.Sink(
                        fields.required("EXPORT_CONNECTION_NAME", "with the name of a .connection file", at),
                        schedule("EXPORT_SCHEDULE"),
                        SinkReader.target(fields, at, problems),
                        fields.text("EXPORT_SERVICE"),
                        at);
            }
        };
    }

    private @Nullable Located<Integer> cache() {
        var seconds = fields.text("CACHE");
        if (seconds == null) {
            return null;
        }
        if (!seconds.value().matches("[0-9]{1,9}")) {
            problems.error(
                    seconds.at(), "CACHE is " + Quoted.shortened(seconds.value()) + ", expected a number of seconds");
            return null;
        }
        return new Located<>(Integer.valueOf(seconds.value()), seconds.at());
    }

    private Located<String> target(String directive, Position at) {
        var target = fields.required(directive, "with the name of the target data source", at);
        if (!target.value().isEmpty() && !Names.isResourceName(target.value())) {
            problems.error(
                    target.at(),
                    directive + " is " + Quoted.shortened(target.value()) + ", expected a data source's name");
        }
        return target;
    }

    private @Nullable Located<String> schedule(String directive) {
        var schedule = fields.text(directive);
        if (schedule != null) {
            Schedule.check(directive, schedule, Set.of("@on-demand", "@once"), problems);
        }
        return schedule;
    }

    /** Refuses what belongs to another type than the node's. */
    private void refuseOthers(Collection<String> own, PipeType type) {
        var has = type == PipeType.GENERIC ? "this node has no TYPE" : "this node has TYPE " + type;
        refuse(ENDPOINT, own, "ENDPOINT", has);
        refuse(MATERIALIZED, own, "MATERIALIZED", has);
        refuse(COPY, own, "COPY", has);
        refuse(Vocabulary.SINK, own, "SINK", has);
    }

    private void refuse(List<String> names, Collection<String> own, String wanted, String has) {
        var foreign = new HashSet<>(names);
        foreign.removeAll(own);
        for (var directive : fields.present(foreign)) {
            problems.error(directive.at(), directive.name() + " goes with TYPE " + wanted + "; " + has);
        }
    }
}
