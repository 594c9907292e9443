/**
 * {@code POST /v0/events}: from a request to records that Kafka has acknowledged (client-contract.md 9).
 *
 * <p>{@link dev.rookery.ingest.events.EventsController} answers; {@code EventIngestion} does the work: the body is
 * decoded and encoded in one pass, blocks are gathered into records, and the answer is given when the last of them is
 * acknowledged. Up to {@code rookery.ingest.events.hold-back} of encoded rows nothing leaves before the whole body has
 * been read, so that a smaller request is accepted as a whole or not at all; of a larger one that fails half-way, the
 * rows sent until then stay, and a client's retry repeats them (ALGORITHMS.md 9). With the header {@code Idempotency-Key},
 * of at most 255 characters, a request may be sent again within 10 minutes of its first attempt, with the same body: what
 * is stored of it already is dropped. A request under a key that was used for other rows is acknowledged and dropped too.
 */
@NullMarked
package dev.rookery.ingest.events;

import org.jspecify.annotations.NullMarked;
