/**
 * The durable log between acceptance and storage: what a Kafka record of encoded rows looks like, and the notices by
 * which writers tell what they have stored.
 *
 * <p><b>High risk:</b> {@link dev.rookery.ingest.log.RecordFormat}. Records of an older version are in the log when a new
 * writer starts, and those of a newer one when an old writer goes on: a version is never changed, only added.
 */
@NullMarked
package dev.rookery.ingest.log;

import org.jspecify.annotations.NullMarked;
