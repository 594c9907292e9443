package dev.rookery.ingest.files;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.rookery.access.web.ApiException;
import dev.rookery.ingest.encoding.Layout;
import dev.rookery.ingest.encoding.LayoutColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The rows of a CSV as lines of JSON objects whose keys are the columns' names. A row that is none (bytes that are no text,
 * or more fields than there are columns) becomes a line that is no JSON, and so is counted as invalid (DS-10). One thread.
 */
final class CsvLines extends RowLines {
    private static final byte[] INVALID = {'!'};

    private final CsvDialect dialect;
    private final List<LayoutColumn> columns;
    private final List<CsvCell> cells;
    private final CloseableIterator<CsvRow> rows;
    private int[] mapping;
    private boolean first = true;
    private long count;

    /** @param maxField in characters; a longer field ends the reading with 400 */
    CsvLines(InputStream in, CsvDialect dialect, Layout layout, int maxField) throws IOException {
        this.dialect = dialect;
        this.columns = layout.columns().stream()
                .filter(column -> column.path() != null)
                .toList();
        this.cells = columns.stream().map(CsvCell::of).toList();
        this.mapping = CsvHeader.byPosition(columns.size());
        this.rows = rows(CsvText.of(in, dialect), dialect.delimiter(), maxField);
    }

    /** The rows of a CSV as they stand, the header too. */
    static CloseableIterator<CsvRow> rows(Reader text, char delimiter, int maxField) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(CsvDialect.QUOTE)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true)
                .detectBomHeader(false)
                .maxBufferSize(maxField)
                .build(new CsvRow(), text)
                .iterator();
    }

    @Override
    boolean next(JsonLine line) throws IOException {
        if (!hasNext()) {
            return false;
        }
        CsvRow row = rows.next();
        if (!dialect.isPlain()) {
            row.restore(dialect);
        }
        if (first) {
            first = false;
            int[] header = CsvHeader.of(
                    row.texts(),
                    columns,
                    columns.stream().map(CsvCell::isOptional).toList());
            if (header.length > 0) {
                mapping = header;
                return next(line);
            }
        }
        count++;
        if (!write(row, line)) {
            line.clear();
            line.append(INVALID);
        }
        return true;
    }

    private boolean write(CsvRow row, JsonLine line) {
        line.append('{');
        for (int field = 0; field < row.fields(); field++) {
            if (field >= mapping.length) {
                if (row.end(field) > row.start(field) || row.isQuoted(field)) {
                    return false;
                }
            } else if (mapping[field] >= 0 && !cells.get(mapping[field]).write(row, field, line)) {
                return false;
            }
        }
        line.append('}');
        return true;
    }

    private boolean hasNext() throws IOException {
        try {
            return rows.hasNext();
        } catch (CsvParseException e) {
            throw ApiException.badRequest(
                    "The CSV cannot be read behind row %d: a field is too long, which a quote that is never closed makes it"
                            .formatted(count));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
