package dev.rookery.ingest.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** The body of a success: how many rows of this request were accepted and how many quarantined (EV-7). */
@JsonPropertyOrder({"successful_rows", "quarantined_rows"})
record EventsAnswer(
        @JsonProperty("successful_rows") long successfulRows,
        @JsonProperty("quarantined_rows") long quarantinedRows) {}
