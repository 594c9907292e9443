package dev.rookery.datafile;

import dev.rookery.datafile.Column.Expression;
import dev.rookery.datafile.Column.ExpressionKind;
import dev.rookery.datafile.NodeOutput.CopyMode;
import dev.rookery.datafile.TokenGrant.Permission;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever the records can say, the printed text says too. */
class RoundTripTest {

    @Property(tries = 1000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    @Label("DFD-1 to DFD-22: any data source survives printing and parsing")
    void datasources(@ForAll("datasources") DatasourceFile file) {
        Parsed.assertRoundTrip("datasources/" + file.name() + ".datasource", file);
    }

    @Property(tries = 1000, seed = "2", edgeCases = EdgeCasesMode.NONE)
    @Label("DFP-1 to DFP-12: any pipe survives printing and parsing")
    void pipes(@ForAll("pipes") PipeFile file) {
        Parsed.assertRoundTrip("pipes/" + file.name() + ".pipe", file);
    }

    @Property(tries = 1000, seed = "3", edgeCases = EdgeCasesMode.NONE)
    @Label("DFC-7: any test file survives printing and parsing")
    void tests(@ForAll("tests") TestFile file) {
        Parsed.assertRoundTrip("tests/" + file.name() + ".yaml", file);
    }

    @Provide
    Arbitrary<DatasourceFile> datasources() {
        var head = Combinators.combine(names(), maybe(texts()), tags(), tokens());
        var body = Combinators.combine(columns(), engines(), indexes(), maybe(sql()), tags(), maybe(connectors()));
        var flags = Combinators.combine(
                maybe(Arbitraries.of(DatasourceFile.Backfill.values())),
                maybe(Arbitraries.of(DeploymentMethod.values())));
        return head.as(Head::new)
                .flatMap(h -> body.as(Body::new)
                        .flatMap(b -> flags.as((backfill, method) -> new DatasourceFile(
                                h.name(),
                                located(h.description()),
                                h.tags(),
                                h.tokens(),
                                b.columns(),
                                b.engine(),
                                b.indexes(),
                                b.forwardQuery(),
                                b.sharedWith(),
                                located(backfill),
                                located(method),
                                b.connector()))));
    }

    @Provide
    Arbitrary<PipeFile> pipes() {
        var inner = Combinators.combine(maybe(texts()), sql());
        return Combinators.combine(
                        names(),
                        maybe(texts()),
                        tags(),
                        names().list().uniqueElements().ofMinSize(1).ofMaxSize(4))
                .flatAs((name, description, tags, nodeNames) -> Combinators.combine(
                                inner.as(Inner::new).list().ofSize(nodeNames.size()), outputs())
                        .as((nodes, output) -> {
                            var read = new java.util.ArrayList<PipeNode>();
                            for (var i = 0; i < nodes.size(); i++) {
                                var last = i == nodes.size() - 1;
                                read.add(new PipeNode(
                                        nodeNames.get(i),
                                        located(nodes.get(i).description()),
                                        nodes.get(i).sql(),
                                        last ? output : new NodeOutput.None(),
                                        Position.NONE));
                            }
                            return new PipeFile(name, located(description), tags, List.of(), read);
                        }));
    }

    @Provide
    Arbitrary<TestFile> tests() {
        var anything = Arbitraries.strings().ofMaxLength(20).map(s -> s.replaceAll("[\\r\\n]+$", ""));
        var words = Arbitraries.strings().all().ofMaxLength(20).map(String::strip);
        var cases = Combinators.combine(
                        words.filter(s -> !s.isEmpty()),
                        maybe(texts()),
                        words,
                        maybe(Arbitraries.oneOf(texts(), anything)),
                        Arbitraries.integers().between(100, 599))
                .as((name, description, parameters, result, status) -> new TestFile.Case(
                        name,
                        description,
                        parameters,
                        result == null ? null : result.replaceAll("\\n+$", ""),
                        status,
                        Position.NONE));
        return Combinators.combine(
                        names(),
                        cases.list().uniqueElements(TestFile.Case::name).ofMaxSize(4))
                .as(TestFile::new);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('_', 'A', '9')
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(s -> "n" + s);
    }

    /** Values that need quotes of one kind, of the other, or a block. */
    private static Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars("ab 09,#-'\"`{}()[]@/:*=%>\\é.\u2028")
                .ofMinLength(1)
                .ofMaxLength(16)
                .map(String::strip)
                .filter(s -> !s.isEmpty());
    }

    /** Lines that start with no blank on the first and none shared by the others. */
    private static Arbitrary<String> texts() {
        var line = Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab #%>`'\"-{}|: \t").ofMaxLength(12),
                Arbitraries.of(
                        "NODE x", "TYPE endpoint", "# comment", "ENGINE \"Null\"", "", "- a", "%", "{# x", "#}"));
        return line.list().ofMaxSize(4).map(lines -> {
            var kept = lines.stream().map(l -> l.isBlank() ? "" : l).toList();
            return ("x\n" + String.join("\n", kept)).stripTrailing();
        });
    }

    private static Arbitrary<SqlText> sql() {
        return Combinators.combine(Arbitraries.of("", "%", "%\n"), texts())
                .as((mark, text) -> new SqlText(mark + text, Position.NONE));
    }

    private static Arbitrary<List<Located<String>>> tags() {
        return names().map(Located::of).list().ofMaxSize(3);
    }

    private static Arbitrary<List<TokenGrant>> tokens() {
        return Combinators.combine(names().map(n -> n + " of x"), Arbitraries.of(Permission.values()))
                .as((name, permission) -> new TokenGrant(name, permission, Position.NONE))
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<String> expressions() {
        return Arbitraries.of(
                "now()",
                "-1",
                "'it\\'s, -- # `x`'",
                "concat(a, 'b', [1, 2])",
                "a = b OR c > 1",
                "{'a': 1}",
                "JSONExtractString(__value, '_id._id')",
                "comment",
                "x + codec");
    }

    private static Arbitrary<List<Column>> columns() {
        var types =
                Arbitraries.of("String", "Array(Nullable(Int8))", "DateTime64(3, 'UTC')", "Enum8('a' = 1, 'b,' = 2)");
        var expression = Combinators.combine(
                        Arbitraries.of(ExpressionKind.DEFAULT, ExpressionKind.MATERIALIZED, ExpressionKind.ALIAS),
                        expressions())
                .as(Expression::new);
        var column = Combinators.combine(
                        types,
                        maybe(Arbitraries.of("$", "$.a[:].b", "$.a.['x.y DEFAULT z'].c", "$.Org#x")),
                        maybe(Arbitraries.oneOf(
                                expression, Arbitraries.just(new Expression(ExpressionKind.EPHEMERAL, "")))),
                        maybe(Arbitraries.of("ZSTD(1)", "DoubleDelta, ZSTD(1)")),
                        maybe(Arbitraries.of("at + INTERVAL 1 DAY")),
                        maybe(Arbitraries.strings().withChars("a'\\\n\t \"é`").ofMaxLength(8)))
                .as(Options::new);
        return names().list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(5)
                .flatMap(names -> column.list().ofSize(names.size()).map(options -> {
                    var read = new java.util.ArrayList<Column>();
                    for (var i = 0; i < options.size(); i++) {
                        read.add(options.get(i).column(names.get(i) + (i % 2 == 0 ? "" : " odd #-- name")));
                    }
                    return List.copyOf(read);
                }));
    }

    private static Arbitrary<EngineSpec> engines() {
        var value = maybe(values().map(Located::of));
        return Combinators.combine(
                        Arbitraries.of(EngineSpec.Kind.MERGE_TREE, EngineSpec.Kind.AGGREGATING),
                        value,
                        value,
                        value,
                        value)
                .as((kind, sorting, partition, ttl, sampling) -> new EngineSpec(
                        kind,
                        sorting,
                        partition,
                        null,
                        sampling,
                        ttl,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new EngineSpec.Setting("index_granularity", "8192")),
                        Position.NONE));
    }

    private static Arbitrary<List<IndexSpec>> indexes() {
        return Combinators.combine(
                        names(),
                        Arbitraries.of("a", "lower(b)", "(a, b)"),
                        Arbitraries.of("minmax", "bloom_filter(0.01)"),
                        maybe(Arbitraries.integers().between(1, 999)))
                .as((name, on, type, granularity) -> new IndexSpec(name, on, type, granularity, Position.NONE))
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<Connector> connectors() {
        var value = values().map(Located::of);
        return Combinators.combine(value, value, value, maybe(Arbitraries.of(true, false)))
                .as((connection, topic, group, headers) -> new Connector.Kafka(
                        connection, topic, group, null, located(headers), null, null, null, List.of(), Position.NONE));
    }

    private static Arbitrary<NodeOutput> outputs() {
        var target = names().map(Located::of);
        var copy = Combinators.combine(
                        target, maybe(Arbitraries.of("0 * * * *", "@on-demand")), Arbitraries.of(CopyMode.values()))
                .as((t, schedule, mode) ->
                        (NodeOutput) new NodeOutput.Copy(t, located(schedule), Located.of(mode), Position.NONE));
        var sink = Combinators.combine(values(), values(), maybe(Arbitraries.of(SinkTarget.Compression.values())))
                .as((uri, template, compression) -> (NodeOutput) new NodeOutput.Sink(
                        Located.of("c"),
                        null,
                        new SinkTarget.Files(Located.of(uri), Located.of(template), null, located(compression), null),
                        null,
                        Position.NONE));
        var materialized = target.map(
                t -> (NodeOutput) new NodeOutput.Materialized(t, Located.of(DeploymentMethod.ALTER), Position.NONE));
        return Arbitraries.oneOf(
                copy,
                sink,
                materialized,
                Arbitraries.just(new NodeOutput.None()),
                Arbitraries.just(new NodeOutput.Endpoint(null, Position.NONE)));
    }

    private static <T> Arbitrary<@Nullable T> maybe(Arbitrary<T> values) {
        return values.injectNull(0.5);
    }

    private static <T> @Nullable Located<T> located(@Nullable T value) {
        return value == null ? null : Located.of(value);
    }

    record Head(String name, @Nullable String description, List<Located<String>> tags, List<TokenGrant> tokens) {}

    record Body(
            List<Column> columns,
            EngineSpec engine,
            List<IndexSpec> indexes,
            @Nullable SqlText forwardQuery,
            List<Located<String>> sharedWith,
            @Nullable Connector connector) {}

    record Inner(@Nullable String description, SqlText sql) {}

    record Options(
            String type,
            @Nullable String jsonPath,
            @Nullable Expression expression,
            @Nullable String codec,
            @Nullable String ttl,
            @Nullable String comment) {

        Column column(String name) {
            return new Column(name, type, jsonPath, expression, codec, ttl, comment, Position.NONE);
        }
    }
}
