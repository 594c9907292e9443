package dev.rookery.sql;

import java.util.Arrays;

/** Pairs brackets before anything is parsed, so that every look-ahead over a bracket is one step. */
final class Brackets {

    private Brackets() {}

    static int[] match(String sql, Token[] tokens) {
        int[] partner = new int[tokens.length];
        Arrays.fill(partner, -1);
        int[] open = new int[tokens.length];
        int depth = 0;
        for (int i = 0; i < tokens.length; i++) {
            switch (tokens[i].type()) {
                case OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> open[depth++] = i;
                case CLOSE_ROUND, CLOSE_SQUARE, CLOSE_CURLY -> {
                    if (depth == 0 || tokens[open[depth - 1]].type() != opener(tokens[i].type())) {
                        throw SqlException.at(sql, tokens[i].start(), "This bracket closes nothing");
                    }
                    int opening = open[--depth];
                    partner[opening] = i;
                    partner[i] = opening;
                }
                default -> {
                    // Only brackets have partners.
                }
            }
        }
        if (depth > 0) {
            throw SqlException.at(sql, tokens[open[depth - 1]].start(), "This bracket is not closed");
        }
        return partner;
    }

    private static TokenType opener(TokenType closer) {
        return switch (closer) {
            case CLOSE_ROUND -> TokenType.OPEN_ROUND;
            case CLOSE_SQUARE -> TokenType.OPEN_SQUARE;
            default -> TokenType.OPEN_CURLY;
        };
    }
}
