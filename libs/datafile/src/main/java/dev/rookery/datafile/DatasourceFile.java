package dev.rookery.datafile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .datasource} file.
 *
 * @param name the data source's name
 * @param description free text, possibly of several lines
 * @param tags in the file's order
 * @param tokens one per {@code TOKEN} line
 * @param columns at least one (DFD-2)
 * @param engine {@code MergeTree} when the file names none (DFD-6)
 * @param indexes data skipping indexes
 * @param forwardQuery how live rows become rows of this schema (DFD-15)
 * @param sharedWith names of the workspaces that may read it (DFD-18)
 * @param backfill present when the initial backfill is left out (DFD-16)
 * @param deploymentMethod how a change of this data source is brought live
 * @param connector where rows come from by themselves
 */
public record DatasourceFile(
        String name,
        @Nullable Located<String> description,
        List<Located<String>> tags,
        List<TokenGrant> tokens,
        List<Column> columns,
        EngineSpec engine,
        List<IndexSpec> indexes,
        @Nullable SqlText forwardQuery,
        List<Located<String>> sharedWith,
        @Nullable Located<Backfill> backfill,
        @Nullable Located<DeploymentMethod> deploymentMethod,
        @Nullable Connector connector)
        implements Datafile {

    /** The values of {@code BACKFILL}. */
    public enum Backfill {
        SKIP
    }

    /** Copies the lists. */
    public DatasourceFile {
        tags = List.copyOf(tags);
        tokens = List.copyOf(tokens);
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        sharedWith = List.copyOf(sharedWith);
    }
}
