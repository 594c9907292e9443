package dev.rookery.template;

import java.math.BigInteger;
import java.util.List;

/**
 * Builds the statement, writing each value for the position it stands in. The security core of this module: whatever
 * a value holds, the statement's tokens are those of the template, each value one literal, identifier or bracketed list.
 */
final class SqlWriter {
    private static final int MAX_SHOWN = 60;

    private final StringBuilder sql;
    private final SqlPosition position = new SqlPosition();
    private final Budget budget;
    /** The length at which a number was just completed, else -1. */
    private int endOfNumber = -1;

    private boolean numberHasPoint;

    SqlWriter(Budget budget, int expectedLength) {
        this.budget = budget;
        this.sql = new StringBuilder(expectedLength);
    }

    void text(SqlText chunk) {
        var text = chunk.text();
        if (text.isEmpty()) {
            return;
        }
        if (endOfNumber == sql.length()) {
            keepApart(text.charAt(0));
        }
        budget.characters(text.length());
        sql.append(text);
        budget.output(sql.length());
        chunk.advance(position);
    }

    /** A number and the text behind it stay two tokens: "0" and "x1F" would become a hexadecimal number. */
    private void keepApart(char next) {
        if (next == '.' && numberHasPoint) {
            throw new EvaluationException("A number with a fraction cannot stand before a dot");
        }
        if (position.inNumber() && SqlPosition.mayJoin(position.last(), next)) {
            sql.append(' ');
            position.advance(" ");
        }
    }

    void value(Value value) {
        if (value == Value.Atom.SILENT) {
            return;
        }
        budget.step();
        switch (position.place()) {
            case CODE -> {
                code(value, 0);
                endOfNumber = Numbers.isNumber(value) ? sql.length() : -1;
                numberHasPoint = value instanceof Value.Real;
            }
            case STRING -> insideString(value);
            case BACKTICK, DOUBLE_QUOTE -> insideIdentifier(value);
            // Left out: a comment means nothing to ClickHouse, and nothing is what cannot end it.
            case LINE_COMMENT, BLOCK_COMMENT -> {}
            case BINARY_STRING, CURLY_QUOTE, DOLLAR ->
                throw new EvaluationException(
                        "A value cannot be rendered inside a binary literal, inside typographic quotes or behind a dollar sign");
        }
        budget.output(sql.length());
    }

    String sql() {
        return sql.toString();
    }

    private void code(Value value, int level) {
        switch (value) {
            case Value.Text text -> string(text.text());
            case Value.Undefined _ -> string(Semantics.NO_VALUE);
            case Value.Int number -> integer(number);
            case Value.Real number -> number(Numbers.repr(number.number()), false);
            case Value.Bool truth -> number(truth.truth() ? "1" : "0", true);
            case Value.Identifiers identifiers -> identifiers(identifiers);
            case Value.Items items -> list(items, level);
            case Value.Conjunction conjunction -> conjunction(conjunction);
            case Value.Dict _ ->
                throw new EvaluationException("A dictionary cannot be rendered; render one of its values");
            case Value.Atom atom -> {
                if (level == 0 || atom == Value.Atom.SILENT) {
                    throw new EvaluationException("The expression evaluated to null");
                }
                word("NULL");
            }
        }
    }

    private void string(String text) {
        separate();
        sql.append('\'');
        escaped(text);
        sql.append('\'');
        position.afterValue('\'', '\'');
    }

    private void integer(Value.Int number) {
        if (number.sqlType() == null) {
            number(number.number().toString(), true);
        } else {
            word("to" + number.sqlType());
            sql.append('(');
            position.afterValue('(', '(');
            string(number.number().toString());
            sql.append(')');
            position.afterValue(')', ')');
        }
    }

    private void number(String digits, boolean whole) {
        var last = position.last();
        var negative = digits.charAt(0) == '-';
        var joins = SqlPosition.isWord(last) || last == '$' || last == '.';
        if (joins && (negative || !whole)) {
            throw new EvaluationException(
                    "The number " + digits + " cannot follow '" + last + "' without a space between them");
        }
        if (negative && position.afterOperand()) {
            throw new EvaluationException(
                    "The number " + digits + " would be subtracted from what stands before it; put an operator there");
        }
        if (negative && last == '-') {
            sql.append(' ');
        }
        sql.append(digits);
        position.afterValue(digits.charAt(negative ? 1 : 0), digits.charAt(digits.length() - 1));
    }

    private void identifiers(Value.Identifiers identifiers) {
        separate();
        var first = true;
        for (var name : identifiers.names()) {
            budget.characters(name.length());
            if (!first) {
                sql.append(',');
            }
            first = false;
            // A dot stands between quoted parts: inside quotes ClickHouse would look for a column with a dot in its
            // name.
            sql.append(identifiers.quote())
                    .append(name.replace(".", identifiers.quote() + "." + identifiers.quote()))
                    .append(identifiers.quote());
        }
        position.afterValue(identifiers.quote(), identifiers.quote());
    }

    private void list(Value.Items items, int level) {
        var tuple = items.tuple();
        bracket(tuple ? '(' : '[');
        var first = true;
        for (var item : items.items()) {
            budget.step();
            budget.output(sql.length());
            if (!first) {
                bracket(',');
            }
            first = false;
            code(item, level + 1);
        }
        if (tuple && items.items().size() == 1) {
            bracket(',');
        }
        bracket(tuple ? ')' : ']');
    }

    private void conjunction(Value.Conjunction conjunction) {
        if (conjunction.terms().isEmpty()) {
            // Nothing to check is true. A number would join a word before it.
            separate();
            number("1", true);
            return;
        }
        var first = true;
        for (var term : conjunction.terms()) {
            if (!first) {
                sql.append(" AND ");
            }
            first = false;
            position.afterValue(' ', ' ');
            word(term.column());
            sql.append(term.comparator().sql);
            position.afterValue(' ', ' ');
            operand(term);
        }
    }

    private void operand(Value.Term term) {
        var operand = term.operand();
        var needsList = term.comparator() == Value.Comparator.IN || term.comparator() == Value.Comparator.NOT_IN;
        if (needsList && !(operand instanceof Value.Items)) {
            list(Containers.list(List.of(operand)), 0);
        } else if (!needsList && operand instanceof Value.Items) {
            throw new EvaluationException("sql_and: " + term.column() + " cannot be compared with a list");
        } else {
            code(operand, 0);
        }
    }

    private void word(String word) {
        separate();
        sql.append(word);
        position.afterValue(word.charAt(0), word.charAt(word.length() - 1));
    }

    private void bracket(char bracket) {
        sql.append(bracket);
        position.afterValue(bracket, bracket);
    }

    /** Keeps a quoted value or a word apart from a word or quote before it, which ClickHouse would join with it. */
    private void separate() {
        var last = position.last();
        if (SqlPosition.isWord(last) || last == '$' || last == '\'' || last == '`' || last == '"') {
            sql.append(' ');
            position.afterValue(' ', ' ');
        }
    }

    private void insideString(Value value) {
        if (position.afterBackslash()) {
            throw new EvaluationException("A value cannot be rendered behind a backslash");
        }
        switch (value) {
            case Value.Text text -> escaped(text.text());
            case Value.Int number
            when number.number().bitLength() <= Budget.MAX_INTEGER_BITS -> sql.append(number.number());
            case Value.Bool truth -> sql.append(truth.truth() ? '1' : '0');
            case Value.Real number -> sql.append(Numbers.repr(number.number()));
            case Value.Undefined _ -> sql.append(Semantics.NO_VALUE);
            case Value.Identifiers identifiers -> sql.append(String.join(",", identifiers.names()));
            default ->
                throw new EvaluationException(
                        "A " + Semantics.typeName(value) + " cannot be rendered inside a string literal");
        }
    }

    private void insideIdentifier(Value value) {
        var name = switch (value) {
            case Value.Identifiers identifiers
            when identifiers.names().size() == 1 -> identifiers.names().getFirst();
            case Value.Text text -> text.text();
            case Value.Int number
            when number.number().compareTo(BigInteger.ZERO) >= 0 ->
                number.number().toString();
            case Value.Undefined _ -> Semantics.NO_VALUE;
            default -> "";
        };
        for (var i = 0; i < name.length(); i++) {
            if (!SqlPosition.isWord(name.charAt(i))) {
                name = "";
            }
        }
        if (name.isEmpty()) {
            throw new EvaluationException("Only an identifier can be rendered inside a quoted identifier, not "
                    + TemplateException.shortened(Semantics.repr(value), MAX_SHOWN));
        }
        sql.append(name);
    }

    private void escaped(String text) {
        budget.characters(text.length());
        budget.output(sql.length() + text.length());
        var plainFrom = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= ' ' && c != '\'' && c != '\\' && c != '\u007f') {
                continue;
            }
            sql.append(text, plainFrom, i);
            plainFrom = i + 1;
            switch (c) {
                case '\'', '\\' -> sql.append('\\').append(c);
                case '\n' -> sql.append("\\n");
                case '\r' -> sql.append("\\r");
                case '\t' -> sql.append("\\t");
                default ->
                    sql.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            }
        }
        sql.append(text, plainFrom, text.length());
    }
}
