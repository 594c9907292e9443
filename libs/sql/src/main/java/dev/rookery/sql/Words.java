package dev.rookery.sql;

import java.util.Arrays;

/**
 * Every word that some parser of this package asks for. Words of statements are looked up here once, so that all further
 * questions compare with strings of this table; a test compares it with the sources.
 */
final class Words {

    private static final String ALL = """
            ACCESS ALL AND ANTI ANY APPLY ARRAY AS ASC ASCENDING ASOF AST AT BETWEEN BIGINT BINARY BOTH BY BYTE
            CASE CHAR CHARACTER COLLATE COLUMNS CREATE CROSS CUBE CURRENT D DATABASE DATABASES DATE DAY DAYS DD
            DESC DESCENDING DESCRIBE DICTIONARY DISTINCT DIV DOUBLE ELSE END ESCAPE ESTIMATE EXCEPT EXISTS
            EXPLAIN FALSE FETCH FIELDS FILL FILTER FINAL FIRST FOLLOWING FOR FORMAT FROM FULL FUNCTION GLOBAL
            GROUP GROUPING GROUPS H HAVING HH HOUR HOURS IDENTIFIER IGNORE ILIKE IN INF INNER INT INT1 INTEGER
            INTERPOLATE INTERSECT INTERVAL INTO IS JOIN LARGE LAST LATERAL LEADING LEFT LIKE LIMIT LOCAL M
            MASKING MATCH_RECOGNIZE MATERIALIZED MEDIUMINT MI MICROSECOND MICROSECONDS MILLISECOND MILLISECONDS
            MINUTE MINUTES MM MOD MONTH MONTHS MS N NAMED NAN NANOSECOND NANOSECONDS NATIONAL NATURAL NCHAR NEXT
            NOT NS NULL NULLS OBJECT OFFSET ON ONLY OR ORDER OUTER OUTFILE OVER PARALLEL PARTITION PASTE
            PIPELINE PIVOT PLACING PLAN POLICIES POLICY PRECEDING PRECISION PREWHERE PROFILE PROFILES Q QQ
            QUALIFY QUARTER QUARTERS QUERY QUOTA QUOTAS RANGE RECURSIVE REGEXP REPLACE RESOURCE RESPECT RIGHT
            ROLE ROLES ROLLUP ROW ROWS S SAMPLE SCHEMAS SECOND SECONDS SELECT SEMI SETS SETTINGS SHOW SIGNED
            SMALLINT SOME SQL_TSI_DAY SQL_TSI_HOUR SQL_TSI_MICROSECOND SQL_TSI_MILLISECOND SQL_TSI_MINUTE
            SQL_TSI_MONTH SQL_TSI_NANOSECOND SQL_TSI_QUARTER SQL_TSI_SECOND SQL_TSI_WEEK SQL_TSI_YEAR SS
            STALENESS STEP STREAM STRICT SYNTAX TABLE TABLES TABLESAMPLE TEMPORARY THEN TIES TIME TIMESTAMP
            TINYINT TO TOP TOTALS TRAILING TREE TRUE UNBOUNDED UNION UNKNOWN UNPIVOT UNSIGNED US USER USERS
            USING UUID VARYING VIEW W WEEK WEEKS WHEN WHERE WINDOW WITH WK WORKLOAD WW YEAR YEARS YY YYYY ZONE
            """;

    private static final int SLOTS = 1 << 10;
    private static final String[] TABLE = new String[SLOTS];
    private static final int LONGEST;

    static {
        Arrays.fill(TABLE, "");
        int longest = 0;
        for (String word : ALL.strip().split("\\s+", -1)) {
            int slot = hash(word, 0, word.length());
            while (!TABLE[slot].isEmpty()) {
                slot = (slot + 1) % SLOTS;
            }
            TABLE[slot] = word;
            longest = Math.max(longest, word.length());
        }
        LONGEST = longest;
    }

    private Words() {}

    /** The upper-case form of a known word, which may be spelled in any case; empty for every other text. */
    static String known(String text, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return "";
        }
        int slot = hash(text, start, end);
        while (!TABLE[slot].isEmpty()) {
            String word = TABLE[slot];
            if (word.length() == length && text.regionMatches(true, start, word, 0, length)) {
                return word;
            }
            slot = (slot + 1) % SLOTS;
        }
        return "";
    }

    /** Blind to the case of ASCII letters. */
    private static int hash(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + (text.charAt(i) & ~0x20);
        }
        return (hash ^ (hash >>> 10)) & (SLOTS - 1);
    }
}
