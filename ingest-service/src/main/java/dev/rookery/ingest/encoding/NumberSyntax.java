package dev.rookery.ingest.encoding;

/** What ClickHouse reads as a decimal number inside a JSON string. */
final class NumberSyntax {

    private NumberSyntax() {}

    /** {@code [+-](digits[.digits*] | .digits)[e[+-]digits]} of at most {@value JsonCursor#MAX_NUMBER_LENGTH}. */
    static boolean isDecimal(JsonCursor in) {
        var chars = in.chars();
        int at = in.offset();
        int end = at + in.length();
        if (in.length() > JsonCursor.MAX_NUMBER_LENGTH) {
            return false;
        }
        at = afterSign(chars, at, end);
        int whole = afterDigits(chars, at, end);
        int digits = whole - at;
        at = whole;
        if (at < end && chars[at] == '.') {
            int fraction = afterDigits(chars, at + 1, end);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < end && (chars[at] == 'e' || chars[at] == 'E')) {
            int exponent = afterSign(chars, at + 1, end);
            at = afterDigits(chars, exponent, end);
            if (at == exponent) {
                return false;
            }
        }
        return at == end;
    }

    private static int afterSign(char[] chars, int at, int end) {
        return at < end && (chars[at] == '-' || chars[at] == '+') ? at + 1 : at;
    }

    private static int afterDigits(char[] chars, int from, int end) {
        int at = from;
        while (at < end && chars[at] >= '0' && chars[at] <= '9') {
            at++;
        }
        return at;
    }
}
