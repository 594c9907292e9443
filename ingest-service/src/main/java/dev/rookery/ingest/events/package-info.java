/**
 * {@code POST /v0/events}: from a request to records that Kafka has acknowledged (client-contract.md 9).
 *
 * <p>{@link dev.rookery.ingest.events.EventsController} answers; {@code EventIngestion} does the work: the body is
 * decoded and encoded in one pass, blocks are gathered into records, and the answer is given when the last of them is
 * acknowledged. Up to {@code rookery.ingest.events.hold-back} of encoded rows nothing leaves before the whole body has
 * been read, so that a smaller request is accepted as a whole or not at all; of a larger one that fails half-way, the
 * rows sent until then stay, and a client's retry repeats them (ALGORITHMS.md 9).
 */
@NullMarked
package dev.rookery.ingest.events;

import org.jspecify.annotations.NullMarked;
