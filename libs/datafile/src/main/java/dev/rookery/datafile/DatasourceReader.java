package dev.rookery.datafile;

import dev.rookery.datafile.DatasourceFile.Backfill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a {@code .datasource} file. */
final class DatasourceReader {

    private DatasourceReader() {}

    static DatasourceFile read(String name, List<RawDirective> directives, Problems problems) {
        var fields = new Fields(problems);
        var tokens = new ArrayList<TokenGrant>();
        for (var directive : directives) {
            if (directive.name().equals("TOKEN")) {
                var token = Names.token(directive, null, problems);
                if (token != null) {
                    tokens.add(token);
                }
            } else {
                fields.add(directive);
            }
        }
        var schema = fields.raw("SCHEMA");
        if (schema == null) {
            problems.error(new Position(1, 1), "expected SCHEMA > with the columns, one per line, indented");
        }
        return new DatasourceFile(
                name,
                Texts.description(fields),
                Names.list(fields.raw("TAGS"), "tag", problems),
                tokens,
                schema == null ? List.of() : SchemaParser.parse(schema, problems),
                EngineReader.read(fields, problems),
                IndexParser.parse(fields.raw("INDEXES"), problems),
                Texts.sql(fields, "FORWARD_QUERY", "a SELECT list", problems),
                Names.list(fields.raw("SHARED_WITH"), "workspace", problems),
                fields.choice("BACKFILL", Map.of("skip", Backfill.SKIP)),
                fields.choice("DEPLOYMENT_METHOD", Map.of("alter", DeploymentMethod.ALTER)),
                ConnectorReader.read(fields, problems));
    }
}
