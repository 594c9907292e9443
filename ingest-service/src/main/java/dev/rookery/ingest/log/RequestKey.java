package dev.rookery.ingest.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Which part of which request a record is, where the client has named the request (ALGORITHMS.md 9).
 *
 * @param request data source and idempotency key, hashed: 32 hexadecimal digits
 * @param part the record's number within the request, from 0
 */
public record RequestKey(String request, int part) {
    private static final String HEADER = "rookery-request";
    private static final int HASH_BYTES = 16;

    /** The first record of a request. */
    public static RequestKey of(byte[] source, String idempotencyKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(source);
            digest.update((byte) 0);
            byte[] hash = digest.digest(idempotencyKey.getBytes(StandardCharsets.UTF_8));
            return new RequestKey(HexFormat.of().formatHex(hash, 0, HASH_BYTES), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The same request's next record. */
    public RequestKey next() {
        return new RequestKey(request, part + 1);
    }

    /** The key of a record; empty when it has none, or one of a version that is not known here. */
    public static Optional<RequestKey> of(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(HEADER);
        if (header == null || header.value().length != HASH_BYTES + Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.wrap(header.value());
        byte[] hash = new byte[HASH_BYTES];
        value.get(hash);
        return Optional.of(new RequestKey(HexFormat.of().formatHex(hash), value.getInt()));
    }

    /** The name of the header that carries it. */
    static String header() {
        return HEADER;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HASH_BYTES + Integer.BYTES)
                .put(HexFormat.of().parseHex(request))
                .putInt(part)
                .array();
    }
}
