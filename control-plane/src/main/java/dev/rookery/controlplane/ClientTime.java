package dev.rookery.controlplane;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as clients parse them: always UTC, always six digits of a second. */
public final class ClientTime {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private ClientTime() {}

    /** What Python's {@code datetime.fromisoformat} reads (client-contract.md 2.1). */
    public static String iso(Instant instant) {
        return ISO.format(instant);
    }

    /** {@code YYYY-MM-DD HH:MM:SS.ffffff} (client-contract.md 8). */
    public static String plain(Instant instant) {
        return PLAIN.format(instant);
    }
}
