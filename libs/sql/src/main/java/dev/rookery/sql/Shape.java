package dev.rookery.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The normalised token string of a statement. SHA-256 because a tenant who found a collision would skip the judge. */
final class Shape {

    private Shape() {}

    static String of(LexedSql lexed, List<ReferenceSite> sites, List<Setting> settings) {
        Set<Integer> objects = new HashSet<>();
        sites.forEach(site -> objects.add(site.start()));
        int firstSetting = settings.isEmpty() ? -1 : 0;
        String sql = lexed.text();
        var shape = new StringBuilder(sql.length());
        for (Token token : lexed.tokens()) {
            switch (token.type()) {
                case STRING -> {
                    if (firstSetting == 0 || objects.contains(token.start())) {
                        shape.append(sql, token.start(), token.end());
                    } else {
                        shape.append(token.binary() ? "x''" : "''");
                    }
                }
                case NUMBER -> {
                    if (firstSetting == 0) {
                        shape.append(sql, token.start(), token.end());
                    } else {
                        shape.append('0');
                    }
                }
                default -> shape.append(sql, token.start(), token.end());
            }
            shape.append(' ');
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(shape.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
