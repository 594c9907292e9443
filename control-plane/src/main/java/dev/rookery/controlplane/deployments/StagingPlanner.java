package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.deployments.DataMovement;
import dev.rookery.catalog.deployments.Feedback;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.controlplane.deployments.Treatment.Keep;
import dev.rookery.controlplane.deployments.Treatment.Make;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.EngineSpec;
import dev.rookery.datafile.SqlText;
import dev.rookery.sql.SqlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which data sources keep their table and which get a new one, and how rows come into the new ones. For one plan;
 * not thread safe.
 *
 * <p>A data source gets a new table when its schema cannot be altered, when a view that writes to it is new or changed, or
 * when the rows of a data source that it is made from change. One that is made by views is filled by their queries, unless
 * its datafile has a forward query; every other takes its rows over.
 */
final class StagingPlanner {
    /**
     * A materialized view of the project.
     *
     * @param reads every data source its query names
     * @param changed whether it does something else than the live view of its pipe, or there is none
     */
    record View(ViewEdge edge, Set<String> reads, boolean changed) {
        View {
            reads = Set.copyOf(reads);
        }
    }

    private final Project project;
    private final DeploymentView live;
    private final List<View> views;
    private final PlanOptions options;

    private final SortedMap<String, Treatment> treatments = new TreeMap<>();
    private final Map<String, ProjectError> errors = new TreeMap<>();
    private final Map<String, Feedback> feedback = new TreeMap<>();

    StagingPlanner(Project project, DeploymentView live, List<View> views, PlanOptions options) {
        this.project = project;
        this.live = live;
        this.views = List.copyOf(views);
        this.options = options;
    }

    /** Decides; the other methods tell what. */
    void plan() {
        project.datasources()
                .values()
                .forEach(source -> treatments.put(source.file().name(), new Keep(List.of())));
        Map<String, Treatment> before;
        do {
            before = new HashMap<>(treatments);
            errors.clear();
            feedback.clear();
            project.datasources()
                    .values()
                    .forEach(source -> treatments.put(source.file().name(), treatment(source)));
        } while (!before.equals(treatments));
    }

    Treatment treatment(String datasource) {
        return Objects.requireNonNull(treatments.get(datasource), datasource);
    }

    List<ProjectError> errors() {
        return List.copyOf(errors.values());
    }

    List<Feedback> feedback() {
        return List.copyOf(feedback.values());
    }

    private Treatment treatment(Source<DatasourceFile> source) {
        DatasourceFile file = source.file();
        DatasourceEntry current = live.datasources().get(file.name());
        if (current == null) {
            boolean skipped = file.backfill() != null;
            return new Make(null, null, skipped ? new TreeSet<>() : into(file.name(), _ -> true));
        }
        SchemaChange change = SchemaChange.between(current.file(), file);
        return switch (change) {
            case SchemaChange.Rebuild rebuild -> make(source, current, rebuild.mismatch());
            case SchemaChange.InPlace inPlace ->
                needsOtherRows(file.name()) ? make(source, current, null) : new Keep(inPlace.alterations());
        };
    }

    /** Whether a view that writes to it is new or changed, or gets other rows than before. */
    private boolean needsOtherRows(String name) {
        return views.stream()
                .filter(view -> view.edge().target().equals(name))
                .anyMatch(view -> view.changed() || changesRows(view.edge().source()));
    }

    /** Whether the rows of a live data source become other rows; a new one has none that could. */
    private boolean changesRows(String name) {
        DatasourceEntry current = live.datasources().get(name);
        Source<DatasourceFile> source = project.datasources().get(name);
        return current != null
                && source != null
                && treatments.get(name) instanceof Make make
                && (make.copy() == null
                        || !make.filledBy().isEmpty()
                        || !make.copy().equals(ForwardQuery.identity(current.file(), source.file())));
    }

    private Make make(Source<DatasourceFile> source, DatasourceEntry current, @Nullable String mismatch) {
        DatasourceFile file = source.file();
        SqlText own = file.forwardQuery();
        if (own != null) {
            try {
                ForwardQuery query = ForwardQuery.of(own.text());
                return new Make(query, query, new TreeSet<>());
            } catch (SqlException e) {
                refuse(source, own.at().line(), "FORWARD_QUERY: " + e.getMessage());
                return new Make(null, null, new TreeSet<>());
            }
        }
        ForwardQuery identity = mismatch == null ? ForwardQuery.identity(current.file(), file) : null;
        SortedSet<String> changed = into(
                file.name(), view -> view.changed() || changesRows(view.edge().source()));
        Set<String> liveViews = liveViewsInto(file.name());
        if (identity != null && changed.stream().noneMatch(liveViews::contains) && allRemain(liveViews, file.name())) {
            return new Make(identity, identity, changed);
        }
        if (!liveViews.isEmpty()) {
            warnOfShorterHistory(source, current);
            return new Make(null, identity, into(file.name(), _ -> true));
        }
        String what = Objects.requireNonNull(mismatch);
        if (options.inPlace()) {
            feedback.put(
                    source.path(),
                    new Feedback(
                            Feedback.Level.WARNING,
                            ProjectError.label(source.path()),
                            "%s: without a FORWARD_QUERY the data source starts empty again".formatted(what)));
        } else {
            refuse(
                    source,
                    0,
                    "%s, which does not fit the rows that are live: add a forward query, such as %s"
                            .formatted(what, ForwardQuery.suggestion(current.file(), file)));
        }
        return new Make(null, null, changed);
    }

    /** The pipes whose views write to a data source and match. */
    private SortedSet<String> into(String name, java.util.function.Predicate<View> matches) {
        return views.stream()
                .filter(view -> view.edge().target().equals(name))
                .filter(matches)
                .map(view -> view.edge().pipe())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> liveViewsInto(String name) {
        return live.pipes().values().stream()
                .filter(pipe ->
                        PlannedPipe.target(pipe.file()).filter(name::equals).isPresent())
                .map(PipeEntry::name)
                .collect(Collectors.toSet());
    }

    private boolean allRemain(Set<String> pipes, String target) {
        return into(target, _ -> true).containsAll(pipes);
    }

    /** What was made from rows that have expired since cannot be made again (DEP-22). */
    private void warnOfShorterHistory(Source<DatasourceFile> source, DatasourceEntry current) {
        for (View view : views) {
            DatasourceEntry origin = live.datasources().get(view.edge().source());
            if (view.edge().target().equals(current.name())
                    && origin != null
                    && origin.file().engine().ttl() != null
                    && !Objects.equals(
                            origin.file().engine().ttl(),
                            current.file().engine().ttl())) {
                String message =
                        "'%s' is computed anew from '%s', whose TTL may have removed rows that it still has: add a FORWARD_QUERY to keep them, or allow destructive operations"
                                .formatted(current.name(), origin.name());
                if (options.allowDestructive()) {
                    feedback.put(
                            source.path(),
                            new Feedback(Feedback.Level.WARNING, ProjectError.label(source.path()), message));
                } else {
                    refuse(source, 0, message);
                }
            }
        }
    }

    private void refuse(Source<?> source, int line, String message) {
        errors.put(source.path(), ProjectError.of(source.path(), line, message));
    }

    private boolean isMade(String datasource) {
        return treatments.get(datasource) instanceof Make;
    }

    /** Whether the live view goes on: nothing that it names gets a new table. */
    boolean keepsView(View view) {
        return !view.changed()
                && !isMade(view.edge().target())
                && view.reads().stream().noneMatch(this::isMade);
    }

    StagingGraph graph() {
        SortedSet<String> entries = new TreeSet<>();
        treatments.forEach((name, treatment) -> {
            if (live.datasources().containsKey(name) && treatment instanceof Make make && make.arriving() != null) {
                entries.add(name);
            }
        });
        SortedSet<String> joined = new TreeSet<>();
        List<ViewEdge> staged = new ArrayList<>();
        Deque<String> shadows = new ArrayDeque<>();
        for (View view : views) {
            ViewEdge edge = view.edge();
            if (!keepsView(view) && !(isMade(edge.source()) && isMade(edge.target()))) {
                joined.add(edge.pipe());
            }
            if (!isMade(edge.source()) && isMade(edge.target())) {
                staged.add(edge);
                shadows.add(edge.source());
            }
        }
        while (!shadows.isEmpty()) {
            String shadow = shadows.remove();
            if (entries.add(shadow)) {
                views.stream()
                        .map(View::edge)
                        .filter(edge -> edge.target().equals(shadow))
                        .forEach(edge -> {
                            staged.add(edge);
                            if (!isMade(edge.source())) {
                                shadows.add(edge.source());
                            }
                        });
            }
        }
        return scratch(entries, staged, joined);
    }

    private StagingGraph scratch(SortedSet<String> entries, List<ViewEdge> staged, SortedSet<String> joined) {
        SortedSet<String> filled = new TreeSet<>();
        SortedSet<String> roots = new TreeSet<>();
        treatments.forEach((name, treatment) -> {
            if (treatment instanceof Make make && make.copy() != null && hasRows(name)) {
                filled.add(name);
                roots.add(name);
            }
        });
        List<ViewEdge> fillers = views.stream()
                .map(View::edge)
                .filter(edge -> treatments.get(edge.target()) instanceof Make make
                        && make.filledBy().contains(edge.pipe()))
                .toList();
        List<ViewEdge> used = new ArrayList<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ViewEdge edge : fillers) {
                boolean fromLive = !isMade(edge.source()) && hasRows(edge.source());
                if (!used.contains(edge) && (fromLive || filled.contains(edge.source()))) {
                    used.add(edge);
                    filled.add(edge.target());
                    if (fromLive) {
                        roots.add(edge.source());
                    }
                    grown = true;
                }
            }
        }
        return new StagingGraph(entries, staged, roots, used, filled, joined);
    }

    private boolean hasRows(String name) {
        DatasourceEntry current = live.datasources().get(name);
        return current != null && current.file().engine().kind() != EngineSpec.Kind.NULL;
    }

    /** What clients are told of the rows that are moved. */
    List<DataMovement> movements(StagingGraph graph) {
        Stream<DataMovement> copied = graph.scratch().stream()
                .filter(name -> treatment(name) instanceof Make make && make.copy() != null)
                .map(name -> new DataMovement(name, DataMovement.Kind.BACKFILL_WITH_FORWARD_QUERY, null));
        Stream<DataMovement> computed = graph.scratchViews().stream()
                .map(edge -> new DataMovement(edge.target(), DataMovement.Kind.BACKFILL_WITH_MV_QUERIES, edge.pipe()));
        return Stream.concat(copied, computed).toList();
    }
}
