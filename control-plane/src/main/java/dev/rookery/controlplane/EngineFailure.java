package dev.rookery.controlplane;

import dev.rookery.access.web.ErrorBody;
import dev.rookery.clickhouse.ClickHouseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The answer when ClickHouse fails us, for which the caller is not to blame. Its own words stay in the log. */
public final class EngineFailure {
    private static final Logger LOG = LoggerFactory.getLogger(EngineFailure.class);

    private EngineFailure() {}

    /** 503 when the same call may succeed later, else 500. */
    public static ResponseEntity<ErrorBody> answer(ClickHouseException e) {
        LOG.error("ClickHouse failed a request", e);
        return e.isRetriable()
                ? ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(new ErrorBody("The database does not answer at the moment; try again in a moment"))
                : ResponseEntity.internalServerError()
                        .body(new ErrorBody(
                                "Something went wrong on our side; try again, and tell the operator if it stays"));
    }
}
