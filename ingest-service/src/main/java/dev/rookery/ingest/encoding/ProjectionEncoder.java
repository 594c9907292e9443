package dev.rookery.ingest.encoding;

import java.util.List;
import tools.jackson.core.JsonToken;

/** {@code $.records[:].data}: an array of one key of each element; an element without it gives its type's default. */
final class ProjectionEncoder implements ValueEncoder {

    private final List<String> keys;
    private final ElementEncoder element;

    ProjectionEncoder(List<String> keys, ValueEncoder element) {
        this.keys = keys;
        this.element = new ElementEncoder(element);
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.START_ARRAY) {
            return false;
        }
        int start = out.size();
        int count = 0;
        while (in.next() != JsonToken.END_ARRAY) {
            int before = out.size();
            if (!find(0, in, out) || (out.size() == before && !element.encodeDefault(out))) {
                return false;
            }
            count++;
        }
        out.insertVarint(start, count);
        return true;
    }

    private boolean find(int depth, JsonCursor in, RowBuffer out) {
        if (depth == keys.size()) {
            return element.encode(in, out);
        }
        if (in.token() != JsonToken.START_OBJECT) {
            in.skip();
            return true;
        }
        boolean found = false;
        while (in.next() != JsonToken.END_OBJECT) {
            boolean wanted = !found && in.name().equals(keys.get(depth));
            in.next();
            if (!wanted) {
                in.skip();
            } else if (!find(depth + 1, in, out)) {
                return false;
            }
            found |= wanted;
        }
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.int8(0);
        return true;
    }
}
