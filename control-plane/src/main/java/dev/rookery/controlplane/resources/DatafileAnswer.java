package dev.rookery.controlplane.resources;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * A datafile as it was deployed, byte for byte. The type is {@code text/plain} and nothing else: clients compare it as a
 * whole (client-contract.md 1, rule 10), so the text goes out as bytes, to which nobody adds a charset.
 */
final class DatafileAnswer {
    private DatafileAnswer() {}

    static ResponseEntity<Object> of(String text) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/plain")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
