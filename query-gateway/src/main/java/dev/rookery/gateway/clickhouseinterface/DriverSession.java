package dev.rookery.gateway.clickhouseinterface;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The session that a driver asks for (rule 15). All tenants' queries run as one user of ClickHouse, to whom sessions
 * belong; the workspace's id in front keeps them apart. Nothing of ClickHouse's answers names the session.
 */
final class DriverSession {
    private static final int MAX_ID = 200;
    private static final long MAX_SECONDS = 3_600;

    private DriverSession() {}

    /** @throws ApiException 400 when the id is too long */
    static Map<String, String> of(Map<String, String> parameters, WorkspaceId workspace) {
        String id = parameters.getOrDefault("session_id", "");
        if (id.isEmpty()) {
            return Map.of();
        }
        if (id.length() > MAX_ID) {
            throw ApiException.badRequest("The session_id is longer than %d characters".formatted(MAX_ID));
        }
        Map<String, String> session = new LinkedHashMap<>();
        session.put("session_id", workspace + ":" + id);
        if ("1".equals(parameters.get("session_check"))) {
            session.put("session_check", "1");
        }
        String timeout = parameters.getOrDefault("session_timeout", "");
        if (timeout.matches("\\d{1,9}")) {
            session.put("session_timeout", Long.toString(Math.min(Long.parseLong(timeout), MAX_SECONDS)));
        }
        return session;
    }
}
