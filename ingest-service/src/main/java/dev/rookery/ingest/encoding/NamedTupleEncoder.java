package dev.rookery.ingest.encoding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Tuples with names: an object whose unknown keys are skipped and whose missing keys take the element's default. Keys
 * come in any order and leave in the type's; a known key that is there twice does not fit.
 */
final class NamedTupleEncoder implements ValueEncoder {

    private final Map<String, Integer> positions = new HashMap<>();
    private final List<ElementEncoder> elements;
    private final int[] offsets;
    private final int[] lengths;

    NamedTupleEncoder(List<String> names, List<ValueEncoder> elements) {
        this.elements = elements.stream().map(ElementEncoder::new).toList();
        for (int i = 0; i < names.size(); i++) {
            positions.put(names.get(i), i);
        }
        offsets = new int[names.size()];
        lengths = new int[names.size()];
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.START_OBJECT) {
            return false;
        }
        int start = out.size();
        Arrays.fill(offsets, -1);
        while (in.next() != JsonToken.END_OBJECT) {
            @Nullable Integer position = positions.get(in.name());
            in.next();
            if (position == null) {
                in.skip();
            } else if (offsets[position] >= 0 || !element(position, in, out)) {
                return false;
            }
        }
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < 0) {
                offsets[i] = out.size();
                if (!elements.get(i).encodeDefault(out)) {
                    return false;
                }
                lengths[i] = out.size() - offsets[i];
            }
        }
        putInOrder(start, out);
        return true;
    }

    private boolean element(int position, JsonCursor in, RowBuffer out) {
        int offset = out.size();
        if (!elements.get(position).encode(in, out)) {
            return false;
        }
        offsets[position] = offset;
        lengths[position] = out.size() - offset;
        return true;
    }

    private void putInOrder(int start, RowBuffer out) {
        int expected = start;
        boolean ordered = true;
        for (int i = 0; i < offsets.length; i++) {
            ordered &= offsets[i] == expected;
            expected += lengths[i];
        }
        if (!ordered) {
            int end = out.size();
            for (int i = 0; i < offsets.length; i++) {
                out.append(out, offsets[i], lengths[i]);
            }
            out.replace(start, end);
        }
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        for (var element : elements) {
            if (!element.encodeDefault(out)) {
                return false;
            }
        }
        return true;
    }
}
