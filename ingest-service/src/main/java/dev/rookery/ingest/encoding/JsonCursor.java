package dev.rookery.ingest.encoding;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The token a value encoder is to store, and the bytes it came from. One thread; opened again for every row.
 *
 * <p>Limits that a row cannot exceed and still be JSON here: {@value #MAX_DEPTH} levels, numbers of
 * {@value #MAX_NUMBER_LENGTH} characters, keys of {@value #MAX_NAME_LENGTH}.
 */
final class JsonCursor {

    /** ClickHouse's own JSON reader stops at about the same depth. */
    static final int MAX_DEPTH = 1_000;

    static final int MAX_NUMBER_LENGTH = 1_000;
    static final int MAX_NAME_LENGTH = 50_000;

    private static final char[] NO_CHARS = {};

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private byte[] input = {};
    private int from;
    private @Nullable JsonParser parser;
    private JsonToken token = JsonToken.NOT_AVAILABLE;
    private char[] chars = NO_CHARS;
    private int offset;
    private int length;
    private boolean loaded;

    void open(byte[] bytes, int start, int end) {
        close();
        input = bytes;
        from = start;
        parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, start, end - start);
        token = JsonToken.NOT_AVAILABLE;
    }

    void close() {
        var open = parser;
        if (open != null) {
            open.close();
            parser = null;
        }
    }

    /** Moves on; {@link JsonToken#NOT_AVAILABLE} at the end of the text. */
    JsonToken next() {
        var next = parser().nextToken();
        token = next == null ? JsonToken.NOT_AVAILABLE : next;
        loaded = false;
        return token;
    }

    JsonToken token() {
        return token;
    }

    String name() {
        return parser().currentName();
    }

    /** From a key: lets a value encoder read it as if it were a string. */
    void keyAsString() {
        token = JsonToken.VALUE_STRING;
        loaded = false;
    }

    /** To the end of the object or array that starts here; nothing to do on a scalar. */
    void skip() {
        if (token.isStructStart()) {
            token = token == JsonToken.START_OBJECT ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
            parser().skipChildren();
        }
    }

    /** Like {@link #skip()}, and reads a scalar whole too, so that its end is known. */
    void readToEnd() {
        if (token.isScalarValue()) {
            load();
        }
        skip();
    }

    /** Levels that are open after the current token; those a value opens count. */
    int depth() {
        return parser().streamReadContext().getNestingDepth();
    }

    /** From anywhere inside a value to its end, given the depth before the value began. */
    void skipTo(int depth) {
        while (depth() > depth) {
            next();
        }
    }

    /** Depth outside the value whose first token is the current one. */
    int depthOutside() {
        return token.isStructStart() ? depth() - 1 : depth();
    }

    byte[] input() {
        return input;
    }

    /** Where the current token starts in {@link #input()}. */
    int tokenStart() {
        return from + (int) parser().currentTokenLocation().getByteOffset();
    }

    /** Where the current token ends in {@link #input()}; only at a structure's end or after {@link #readToEnd()}. */
    int tokenEnd() {
        return from + (int) parser().currentLocation().getByteOffset();
    }

    double doubleValue() {
        return parser().getDoubleValue();
    }

    float floatValue() {
        return parser().getFloatValue();
    }

    /** Characters of the current scalar or key, valid until the next move: from {@link #offset()} on. */
    char[] chars() {
        load();
        return chars;
    }

    int offset() {
        load();
        return offset;
    }

    int length() {
        load();
        return length;
    }

    String text() {
        load();
        return new String(chars, offset, length);
    }

    boolean textIs(String expected) {
        load();
        if (length != expected.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (chars[offset + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void load() {
        if (!loaded) {
            chars = parser().getStringCharacters();
            offset = parser().getStringOffset();
            length = parser().getStringLength();
            loaded = true;
        }
    }

    private JsonParser parser() {
        var open = parser;
        if (open == null) {
            throw new IllegalStateException("The cursor is not open");
        }
        return open;
    }
}
