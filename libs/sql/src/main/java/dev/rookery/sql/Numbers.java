package dev.rookery.sql;

import java.util.HexFormat;

/** Where a number ends, by ClickHouse's rules for separators, hexadecimal and exponents. */
final class Numbers {

    private Numbers() {}

    static int end(String sql, int start) {
        int pos = start + 1;
        boolean hex = false;
        boolean block = false;
        if (sql.charAt(start) == '0' && start + 2 < sql.length()) {
            char kind = sql.charAt(start + 1);
            char first = sql.charAt(start + 2);
            hex = (kind == 'x' || kind == 'X') && HexFormat.isHexDigit(first);
            boolean binary = (kind == 'b' || kind == 'B') && (first == '0' || first == '1');
            if (hex || binary) {
                pos = start + 2;
                block = true;
            }
        }
        pos = digits(sql, pos, block, hex);
        if (pos < sql.length() && sql.charAt(pos) == '.') {
            pos = digits(sql, pos + 1, true, hex);
        }
        return exponent(sql, pos, hex);
    }

    static int digits(String sql, int from, boolean startOfBlock, boolean hex) {
        int pos = from;
        boolean first = startOfBlock;
        while (pos < sql.length()) {
            char c = sql.charAt(pos);
            boolean digit = isDigit(c, hex);
            boolean separator = c == '_' && !first && pos + 1 < sql.length() && isDigit(sql.charAt(pos + 1), hex);
            if (!digit && !separator) {
                break;
            }
            pos++;
            first = false;
        }
        return pos;
    }

    static int exponent(String sql, int from, boolean hex) {
        if (from + 1 >= sql.length()) {
            return from;
        }
        char c = Character.toLowerCase(sql.charAt(from));
        if (c != (hex ? 'p' : 'e')) {
            return from;
        }
        int pos = from + 1;
        if (pos + 1 < sql.length() && (sql.charAt(pos) == '-' || sql.charAt(pos) == '+')) {
            pos++;
        }
        return digits(sql, pos, true, false);
    }

    private static boolean isDigit(char c, boolean hex) {
        return hex ? HexFormat.isHexDigit(c) : Lexer.isDigit(c);
    }
}
