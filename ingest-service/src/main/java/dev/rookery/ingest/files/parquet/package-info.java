/**
 * The outside of Parquet files: which row groups there are and where, so that each can be given to ClickHouse as a small
 * file of its own. Values are ClickHouse's to read. Footers come from tenants: every size in them is checked before it is
 * used.
 */
@NullMarked
package dev.rookery.ingest.files.parquet;

import org.jspecify.annotations.NullMarked;
