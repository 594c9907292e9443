package dev.rookery.ingest.encoding;

/** An encoder that can also take an object or array as its JSON text, without reading it again. */
interface RawEncoder extends ValueEncoder {

    /**
     * @param json holds one complete, valid JSON value between the two positions
     * @return false if it does not fit
     */
    boolean encodeRaw(byte[] json, int from, int to, RowBuffer out);
}
