package dev.rookery.sql;

import java.util.List;

/**
 * @param tokens the significant tokens; the last is {@link TokenType#END}
 * @param partner index of the bracket that closes or opens the bracket at this index, -1 for other tokens
 * @param seams indices of the literals, and of tokens that do not follow their predecessor directly or after one space
 * @param edits what must be replaced for ClickHouse to read the text as we did, ordered by start
 */
@SuppressWarnings("ArrayRecordComponent") // internal, never compared, read on every request
record LexedSql(String text, Token[] tokens, int[] partner, int[] seams, List<Edit> edits) {}
