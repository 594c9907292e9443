package dev.rookery.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Splits the inside of one tag into tokens. */
final class ExpressionLexer {

    enum Type {
        NAME,
        OPERATOR,
        CONSTANT,
        END
    }

    /** A token; {@code value} belongs to constants, {@code text} to all others. */
    record Token(Type type, String text, @Nullable Value value, int offset) {}

    private static final List<String> OPERATORS = List.of(
            "**=", "//=", "**", "//", "==", "!=", "<=", ">=", "<>", "+=", "-=", "*=", "/=", "%=", "->", ":=", "+", "-",
            "*", "/", "%", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", "=", "|", "&", "^", "~", "@", ";");
    private static final int HEXADECIMAL = 16;

    private final String source;
    private final int end;
    private int at;

    private ExpressionLexer(String source, int from, int end) {
        this.source = source;
        this.end = end;
        this.at = from;
    }

    static List<Token> tokens(String source, int from, int end) {
        return new ExpressionLexer(source, from, end).tokens();
    }

    private List<Token> tokens() {
        var tokens = new ArrayList<Token>();
        while (true) {
            while (at < end && Character.isWhitespace(source.charAt(at))) {
                at++;
            }
            if (at >= end) {
                tokens.add(new Token(Type.END, "end of expression", null, end));
                return tokens;
            }
            tokens.add(token());
        }
    }

    private Token token() {
        var start = at;
        var c = source.charAt(at);
        if (c == '\'' || c == '"') {
            return new Token(Type.CONSTANT, "string", new Value.Text(string(c)), start);
        }
        if (SqlPosition.isDigit(c) || (c == '.' && at + 1 < end && SqlPosition.isDigit(source.charAt(at + 1)))) {
            return new Token(Type.CONSTANT, "number", number(), start);
        }
        if (Character.isLetter(c) || c == '_') {
            while (at < end && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
                at++;
            }
            var word = source.substring(start, at);
            if (at < end && word.length() <= 2 && (source.charAt(at) == '\'' || source.charAt(at) == '"')) {
                throw new SyntaxProblem(start, "string prefixes such as " + word + "'…' are not supported");
            }
            return new Token(Type.NAME, word, null, start);
        }
        for (var operator : OPERATORS) {
            if (source.startsWith(operator, at) && at + operator.length() <= end) {
                at += operator.length();
                return new Token(Type.OPERATOR, operator, null, start);
            }
        }
        throw new SyntaxProblem(start, "unexpected character '" + c + "'");
    }

    private String string(char quote) {
        var start = at;
        var triple = String.valueOf(quote).repeat(3);
        var closing = source.startsWith(triple, at) && at + 3 <= end ? triple : String.valueOf(quote);
        at += closing.length();
        var text = new StringBuilder();
        while (at < end) {
            if (source.startsWith(closing, at) && at + closing.length() <= end) {
                at += closing.length();
                return text.toString();
            }
            var c = source.charAt(at++);
            if (c == '\\' && at < end) {
                escape(text);
            } else {
                text.append(c);
            }
        }
        throw new SyntaxProblem(start, "the string is not closed");
    }

    private void escape(StringBuilder text) {
        var c = source.charAt(at++);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case '\\', '\'', '"' -> text.append(c);
            case '\n' -> {}
            case 'x' -> hexadecimal(text, 2);
            case 'u' -> hexadecimal(text, 4);
            // Python keeps an escape it does not know, which regular expressions in templates rely on.
            default -> text.append('\\').append(c);
        }
    }

    private void hexadecimal(StringBuilder text, int digits) {
        if (at + digits > end) {
            throw new SyntaxProblem(at, "the escape is not complete");
        }
        try {
            text.append((char) Integer.parseInt(source, at, at + digits, HEXADECIMAL));
        } catch (NumberFormatException _) {
            throw new SyntaxProblem(at, "the escape is not hexadecimal");
        }
        at += digits;
    }

    private Value number() {
        var start = at;
        var real = false;
        while (at < end) {
            var c = Character.toLowerCase(source.charAt(at));
            if (c == '.' || c == 'e') {
                real |= c == '.' || !source.startsWith("0x", start);
            } else if (!(Character.isLetterOrDigit(c) || c == '_' || isExponentSign(c, start))) {
                break;
            }
            at++;
        }
        return number(start, real);
    }

    private boolean isExponentSign(char c, int start) {
        return (c == '+' || c == '-')
                && Character.toLowerCase(source.charAt(at - 1)) == 'e'
                && !source.startsWith("0x", start);
    }

    private Value number(int start, boolean real) {
        var digits = source.substring(start, at).replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.startsWith("0x") && digits.length() <= 66 && digits.matches("0x[0-9a-f]+")) {
            return Value.Int.of(new BigInteger(digits.substring(2), HEXADECIMAL));
        }
        var whole = real ? null : Numbers.parseWhole(digits);
        if (whole != null) {
            return Value.Int.of(whole);
        }
        var parsed = real ? Numbers.parseReal(digits) : null;
        if (parsed == null) {
            throw new SyntaxProblem(start, "invalid number");
        }
        return new Value.Real(parsed);
    }
}
