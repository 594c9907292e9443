package dev.rookery.standalone.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of {@code git log -z --numstat} with {@link #FORMAT}, one commit in memory at a time.
 *
 * <p>Everything is ended by NUL, the one byte that neither a message, a name nor a path can hold. A commit is a fixed
 * number of fields; what follows until the next commit are its files: {@code added TAB deleted TAB path}, or, for a
 * rename, the same with an empty path and then the old and the new path. A file's entry holds a tab and a commit's
 * hash never does, which tells them apart. Bytes that are no UTF-8 become U+FFFD.
 */
final class GitLogParser {
    /** The fields of a commit, for {@code --format=}. */
    static final String FORMAT = "tformat:%H%x00%P%x00%aN%x00%aE%x00%at%x00%ct%x00%s";

    private static final Pattern NUMSTAT = Pattern.compile("\\n?(\\d+|-)\\t(\\d+|-)\\t(.*)", Pattern.DOTALL);
    private static final Pattern SPACE = Pattern.compile(" ");

    /** ClickHouse's {@code DateTime} ends here; broken clocks have written commits from beyond. */
    private static final long LAST_SECOND = 0xFFFF_FFFFL;

    private final InputStream in;

    /** The parser reads single bytes, so the stream should be buffered. */
    GitLogParser(InputStream in) {
        this.in = in;
    }

    /**
     * Hands over every commit in the stream's order.
     *
     * @throws DemoException if the stream ends inside a commit or is not in the expected format
     */
    void forEach(Consumer<Commit> consumer) throws IOException {
        var token = next();
        while (token != null) {
            var hash = token;
            if (hash.indexOf('\t') >= 0) {
                throw new DemoException("git log answered something unexpected: " + hash.strip());
            }
            var parents = required();
            var authorName = required();
            var authorEmail = required();
            var authoredAt = instant(required());
            var committedAt = instant(required());
            var subject = required();
            var changes = new ArrayList<FileChange>();
            token = next();
            while (token != null && token.indexOf('\t') >= 0) {
                changes.add(change(token));
                token = next();
            }
            consumer.accept(new Commit(
                    hash,
                    parents.isEmpty() ? List.of() : List.of(SPACE.split(parents)),
                    authorName,
                    authorEmail,
                    authoredAt,
                    committedAt,
                    subject,
                    List.copyOf(changes)));
        }
    }

    private FileChange change(String token) throws IOException {
        var matcher = NUMSTAT.matcher(token);
        if (!matcher.matches()) {
            throw new DemoException("git log answered something unexpected: " + token.strip());
        }
        var added = matcher.group(1);
        var deleted = matcher.group(2);
        var path = matcher.group(3);
        var oldPath = "";
        if (path.isEmpty()) {
            oldPath = required();
            path = required();
        }
        var binary = added.equals("-");
        return new FileChange(
                path, oldPath, binary ? 0 : Long.parseLong(added), binary ? 0 : Long.parseLong(deleted), binary);
    }

    private String required() throws IOException {
        var token = next();
        if (token == null) {
            throw new DemoException("git log ended in the middle of a commit");
        }
        return token;
    }

    /** The bytes up to the next NUL, or null at the end of the stream. */
    private @Nullable String next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != 0; b = in.read()) {
            if (b < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new DemoException("git log ended in the middle of a commit");
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Instant instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Math.clamp(Long.parseLong(seconds), 0, LAST_SECOND));
        } catch (NumberFormatException e) {
            // A damaged author line has no date at all; the commit still counts.
            return Instant.EPOCH;
        }
    }
}
