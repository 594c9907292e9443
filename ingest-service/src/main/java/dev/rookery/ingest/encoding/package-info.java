/**
 * JSON events to the bytes ClickHouse inserts, without a tree and in one pass.
 *
 * <p>{@link dev.rookery.ingest.encoding.NdjsonEncoder} reads a body, {@link dev.rookery.ingest.encoding.Layout} says
 * where each column's value is, {@link dev.rookery.ingest.encoding.BlockSink} receives blocks of whole rows.
 * {@link dev.rookery.ingest.encoding.InsertFormat} says how they must be inserted.
 *
 * <h2>The reference and the differences</h2>
 *
 * A row stores what ClickHouse 26.7 stores for the same line with {@code FORMAT JSONEachRow} and {@code
 * date_time_input_format=best_effort}, or it is quarantined with the reason. These differences are deliberate:
 *
 * <ol>
 *   <li><b>Nothing is changed silently.</b> Where ClickHouse would wrap, clamp or roll over a value it is quarantined:
 *       integers outside their type, dates that are not in the calendar, dates and times outside their type's range.
 *       (Cutting off digits beyond a scale or precision, and times such as 23:59:60, are kept as ClickHouse has them.)
 *   <li><b>Empty text is no number</b> (QU-4): {@code ""} for a number is quarantined, where ClickHouse stores 0. So
 *       is {@code "."}, {@code "-"} or {@code "1e"} for a decimal.
 *   <li><b>Null and missing</b> (JP-14, JP-17): the default applies to both, also for a nullable column; without one,
 *       a column that cannot be null quarantines the row. Inside arrays, maps and tuples a null is the element
 *       type's default, as in ClickHouse, unless that is no value of an enum.
 *   <li><b>JSON is RFC 8259 in UTF-8.</b> {@code 007}, {@code +1}, {@code nan}, {@code [1,]}, {@code "\x"}, a line
 *       feed inside a string, or bytes that are not UTF-8 make an invalid line; half a surrogate pair does not fit any
 *       column. Nesting deeper than 1,000 levels, numbers of more than 1,000 characters and keys of more than 50,000
 *       are invalid too.
 *   <li><b>Names are exact.</b> Values are found by JSONPath, upper and lower case told apart.
 *   <li><b>A repeated path</b> in a JSON column keeps the first value, where ClickHouse refuses the row.
 *   <li><b>IPv6 texts with a colon too many</b> ({@code 1:::2}, {@code 1::2:}) are quarantined.
 *   <li><b>A decimal with an exponent</b> fits if its value does; ClickHouse also counts leading zeros of such a text.
 * </ol>
 *
 * A key that a column wants and that is there twice does not fit, as in ClickHouse; other keys may repeat. Further
 * objects on a line are further rows, as in ClickHouse.
 *
 * <h2>What must stay true</h2>
 *
 * An accepted block is never refused by ClickHouse: one row that failed at insert would hold up every row behind it.
 * Whatever ClickHouse decides only at insert must therefore be decided here or refused by {@link
 * dev.rookery.ingest.encoding.Layout}: aggregate states, Variant, Dynamic and typed paths of JSON columns are refused;
 * JSON columns take no integer outside -2^63 to 2^64 - 1, no number beyond a double and no half of a surrogate pair.
 * {@code JsonEachRowDifferentialTest} holds both this and the equality above.
 */
@NullMarked
package dev.rookery.ingest.encoding;

import org.jspecify.annotations.NullMarked;
