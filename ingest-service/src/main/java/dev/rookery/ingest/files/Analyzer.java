package dev.rookery.ingest.files;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.ingest.files.AnalysisAnswer.Column;
import dev.rookery.ingest.files.AnalysisAnswer.Dialect;
import dev.rookery.ingest.files.AnalysisAnswer.Meta;
import dev.rookery.ingest.files.AnalysisAnswer.Preview;
import dev.rookery.ingest.files.AnalysisAnswer.Statistics;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Infers a schema from the beginning of a file (SI-1 to SI-8). Thread safe. */
final class Analyzer {
    private static final int SAMPLE = 1 << 20;
    private static final int SAMPLE_ROWS = 10_000;
    private static final int SHOWN = 10;
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ParquetReader parquet;

    Analyzer(ParquetReader parquet) {
        this.parquet = parquet;
    }

    /**
     * @param sniff whether the delimiter is to be found out
     * @param origin where the file comes from, for the datafile
     * @throws ApiException 400 when there is nothing in the file, or it cannot be read
     */
    AnalysisAnswer analyze(OpenFile file, CsvDialect dialect, boolean sniff, ClusterId cluster, @Nullable String origin)
            throws IOException {
        long start = System.nanoTime();
        Found found = switch (file.format()) {
            case NDJSON -> objects(sample(file.content()));
            case CSV -> rows(sample(file.content()), dialect, sniff);
            case PARQUET -> parquet(file.content(), cluster);
        };
        if (found.columns().isEmpty()) {
            throw ApiException.badRequest("No columns could be found in the file");
        }
        List<Column> columns = unique(found.columns());
        String schema = columns.stream().map(Analyzer::line).collect(Collectors.joining(", "));
        var statistics = new Statistics(
                (System.nanoTime() - start) / 1e9, found.rows(), file.sent().count());
        var preview = new Preview(
                columns.stream()
                        .map(column -> new Meta(column.name(), column.recommendedType()))
                        .toList(),
                found.data(),
                found.data().size(),
                statistics);
        return new AnalysisAnswer(
                new AnalysisAnswer.Analysis(columns, schema, datafile(columns, origin)), preview, found.dialect());
    }

    private record Found(
            List<Column> columns,
            List<Map<String, @Nullable Object>> data,
            long rows,
            @Nullable Dialect dialect) {}

    /** Whole lines only. */
    private static byte[] sample(InputStream content) throws IOException {
        byte[] head = content.readNBytes(SAMPLE);
        int end = head.length;
        if (end == SAMPLE) {
            while (end > 0 && head[end - 1] != '\n') {
                end--;
            }
        }
        return end == 0 ? head : Arrays.copyOf(head, end);
    }

    private static Found objects(byte[] sample) throws IOException {
        return objects(new ByteArrayInputStream(sample));
    }

    private static Found objects(InputStream lines) throws IOException {
        var shapes = new ObjectShapes();
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        var reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null && shapes.rows() < SAMPLE_ROWS; line = reader.readLine()) {
            JsonNode row = row(line);
            if (row.isObject()) {
                shapes.add(row);
                if (data.size() < SHOWN) {
                    data.add(shown(row));
                }
            }
        }
        return new Found(shapes.columns(), data, shapes.rows(), null);
    }

    /** A line that is no row tells nothing of the columns; as in an append, the others count. */
    private static JsonNode row(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException notJson) {
            return JSON.missingNode();
        }
    }

    private static Map<String, @Nullable Object> shown(JsonNode row) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        row.properties().forEach(entry -> shown.put(entry.getKey(), entry.getValue()));
        return shown;
    }

    private Found parquet(InputStream content, ClusterId cluster) throws IOException {
        try (InputStream lines = parquet.lines(content, cluster)) {
            List<Column> columns = parquet.columns(lines).stream()
                    .map(column -> new Column(path(column), column.type(), 1, CsvHeader.normal(column.name())))
                    .toList();
            Found rows = objects(lines);
            return new Found(columns, rows.data(), rows.rows(), null);
        }
    }

    private static String path(ParquetReader.Column column) {
        String path = "$." + column.name();
        return column.type().startsWith("Array(") ? path + "[:]" : path;
    }

    private static Found rows(byte[] sample, CsvDialect asked, boolean sniff) throws IOException {
        CsvDialect dialect = sniff ? sniffed(sample, asked) : asked;
        List<List<String>> rows = read(sample, dialect, SAMPLE_ROWS);
        if (rows.isEmpty()) {
            return new Found(List.of(), List.of(), 0, null);
        }
        boolean header = isHeader(rows);
        List<String> first = rows.getFirst();
        List<List<String>> body = header ? rows.subList(1, rows.size()) : rows;
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            columns.add(column(header ? CsvHeader.normal(first.get(i)) : "column_%02d".formatted(i), i, body));
        }
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        for (List<String> row : body.subList(0, Math.min(SHOWN, body.size()))) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                shown.put(columns.get(i).name(), i < row.size() ? row.get(i) : null);
            }
            data.add(shown);
        }
        return new Found(
                columns,
                data,
                body.size(),
                new Dialect(
                        String.valueOf(dialect.delimiter()),
                        header,
                        dialect.charset().name()));
    }

    private static Column column(String name, int index, List<List<String>> rows) {
        var type = new TypeGuess();
        long missing = 0;
        for (List<String> row : rows) {
            String text = index < row.size() ? row.get(index) : "";
            if (text.isEmpty()) {
                missing++;
            } else {
                type.any(text);
            }
        }
        String found = type.type();
        return new Column(
                null,
                missing > 0 && type.values() > 0 ? "Nullable(%s)".formatted(found) : found,
                rows.isEmpty() ? 0 : Math.round(100.0 * type.values() / rows.size()) / 100.0,
                name);
    }

    /** The first row names columns when all of it is words, none twice, and what follows is not all words too. */
    private static boolean isHeader(List<List<String>> rows) {
        List<String> first = rows.getFirst();
        Set<String> names = new HashSet<>();
        for (String field : first) {
            var type = new TypeGuess();
            type.any(field);
            if (field.isBlank() || !type.type().equals("String") || !names.add(field)) {
                return false;
            }
        }
        boolean likeNames =
                first.stream().allMatch(field -> field.length() <= 64 && field.matches("[\\p{L}_].*|\\d+ .*"));
        boolean otherTypes = rows.size() < 2
                || rows.get(1).stream().anyMatch(field -> {
                    var type = new TypeGuess();
                    type.any(field);
                    return !field.isEmpty() && !type.type().equals("String");
                });
        return likeNames && otherTypes;
    }

    private static CsvDialect sniffed(byte[] sample, CsvDialect dialect) throws IOException {
        CsvDialect best = dialect;
        int most = 1;
        for (char delimiter : DELIMITERS) {
            var candidate = new CsvDialect(delimiter, dialect.escape(), dialect.newLine(), dialect.charset());
            List<List<String>> rows = read(sample, candidate, 50);
            int width = rows.isEmpty() ? 0 : rows.getFirst().size();
            if (width > most && rows.stream().allMatch(row -> row.size() == width)) {
                best = candidate;
                most = width;
            }
        }
        return best;
    }

    private static List<List<String>> read(byte[] sample, CsvDialect dialect, int most) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CloseableIterator<CsvRow> reader =
                CsvLines.rows(CsvText.of(new ByteArrayInputStream(sample), dialect), dialect.delimiter(), 2 * SAMPLE)) {
            while (rows.size() < most && reader.hasNext()) {
                CsvRow row = reader.next();
                if (!dialect.isPlain()) {
                    row.restore(dialect);
                }
                rows.add(row.texts());
            }
        } catch (CsvParseException e) {
            throw ApiException.badRequest("The CSV cannot be read behind row %d".formatted(rows.size()));
        }
        return rows;
    }

    private static List<Column> unique(List<Column> columns) {
        Set<String> names = new HashSet<>();
        List<Column> unique = new ArrayList<>();
        for (Column column : columns) {
            String name = column.name().isEmpty() ? "column" : column.name();
            String free = name;
            for (int i = 2; !names.add(free); i++) {
                free = name + "_" + i;
            }
            unique.add(new Column(column.path(), column.recommendedType(), column.presentPct(), free));
        }
        return unique;
    }

    private static String line(Column column) {
        return column.name() + " " + column.recommendedType()
                + (column.path() == null ? "" : " `json:%s`".formatted(column.path()));
    }

    private static String datafile(List<Column> columns, @Nullable String origin) {
        return "DESCRIPTION >\n    Generated from %s\n\nSCHEMA >\n%s\n"
                .formatted(
                        origin == null ? "a file" : origin.replaceAll("\\s+", " "),
                        columns.stream()
                                .map(column -> "    `%s` %s%s"
                                        .formatted(
                                                column.name(),
                                                column.recommendedType(),
                                                column.path() == null ? "" : " `json:%s`".formatted(column.path())))
                                .collect(Collectors.joining(",\n")));
    }
}
