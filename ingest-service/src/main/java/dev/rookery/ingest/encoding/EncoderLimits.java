package dev.rookery.ingest.encoding;

/**
 * Sizes an encoder keeps to.
 *
 * @param blockBytes a block is handed over before it would exceed this; a single larger row is a block of its own
 * @param blockRows most rows in a block
 * @param rowBytes a longer row (in JSON) is quarantined without its values; also the most a body of
 *     {@link BodyFormat#JSON} may have per array element
 */
public record EncoderLimits(int blockBytes, int blockRows, int rowBytes) {

    /** One Kafka record of 1 MiB, 100,000 rows, rows of 10 MB (QU-13). */
    public static final EncoderLimits DEFAULT = new EncoderLimits(1 << 20, 100_000, 10_000_000);

    public EncoderLimits {
        if (blockBytes < 1 || blockRows < 1 || rowBytes < 1) {
            throw new IllegalArgumentException("Limits start at 1");
        }
    }
}
