package dev.rookery.ingest.files;

import dev.rookery.ingest.encoding.Layout;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Tells whether rows are read for the same columns as before, across processes. */
final class LayoutMark {
    private LayoutMark() {}

    static String of(Layout layout) {
        var sum = new CRC32C();
        layout.columns()
                .forEach(column -> sum.update("%s %s %s %b %b\n"
                        .formatted(
                                column.name(),
                                column.type().print(),
                                column.path(),
                                column.hasDefault(),
                                column.acceptanceValue() != null)
                        .getBytes(StandardCharsets.UTF_8)));
        return "%08x".formatted(sum.getValue());
    }
}
