package dev.rookery.gateway.query;

import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running answer of which the first 64 KiB have arrived, so that an error up to there still gets its status (rule 16).
 * Bytes are passed on as ClickHouse sent them. Not thread safe.
 */
public final class Answer implements AutoCloseable {
    private static final int HELD_BACK = 64 << 10;
    private static final Pattern FAILURE = Pattern.compile("Code: (\\d+)\\. DB::Exception: ");

    private final ClickHouseResponse response;
    private final String format;
    private final byte[] start;

    private Answer(ClickHouseResponse response, String format, byte[] start) {
        this.response = response;
        this.format = format;
        this.start = start;
    }

    static Answer start(ClickHouseResponse response, String format) throws IOException {
        byte[] buffer = new byte[HELD_BACK];
        int filled = 0;
        try {
            while (filled < buffer.length) {
                int read = response.body().read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    break;
                }
                filled += read;
            }
        } catch (IOException e) {
            response.cancel();
            throw broken(new String(buffer, 0, filled, StandardCharsets.UTF_8), e);
        }
        return new Answer(response, format, Arrays.copyOf(buffer, filled));
    }

    /** A failure in the middle: ClickHouse writes its message behind the rows and breaks the transfer. */
    private static ClickHouseException broken(String text, IOException cause) {
        Matcher failure = FAILURE.matcher(text);
        int at = -1;
        int code = ClickHouseException.UNREACHABLE;
        while (failure.find()) {
            at = failure.start();
            code = Integer.parseInt(failure.group(1));
        }
        String message = at < 0 ? "ClickHouse broke off its answer" : text.substring(at);
        return new ClickHouseException(code, message, cause);
    }

    /** ClickHouse's name of the format. */
    public String format() {
        return format;
    }

    /** A header of ClickHouse's answer. */
    public Optional<String> header(String name) {
        return response.header(name);
    }

    /**
     * Passes the whole body on.
     *
     * @throws IOException when either side breaks; the query is cancelled, and the answer must be cut, never ended
     */
    public void writeTo(OutputStream out) throws IOException {
        boolean complete = false;
        try {
            out.write(start);
            if (start.length == HELD_BACK) {
                InputStream rest = response.body();
                byte[] buffer = new byte[HELD_BACK];
                for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
                    out.write(buffer, 0, read);
                }
            }
            complete = true;
        } finally {
            if (!complete) {
                response.cancel();
            }
        }
    }

    /** Cancels the query. */
    void abort() {
        response.cancel();
        response.close();
    }

    @Override
    public void close() {
        response.close();
    }
}
