package dev.rookery.clickhouse;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions of ClickHouse that keep tenants apart as we rely on: below the first fixed release of each line, row
 * policies leak. Lines that are not listed are safe when they are newer than all of these.
 */
final class SafeVersion {
    private static final List<int[]> FIRST_SAFE = List.of(
            new int[] {26, 3, 22, 6}, new int[] {26, 5, 8, 18}, new int[] {26, 6, 4, 10}, new int[] {26, 7, 6, 5});
    private static final Pattern VERSION = Pattern.compile("(\\d{1,9}(\\.\\d{1,9}){1,3})(?!\\d).*");

    private SafeVersion() {}

    /** @param version as {@code version()} answers, such as {@code 26.7.2.1} */
    static boolean isSafe(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return false;
        }
        int[] parts = Arrays.stream(matcher.group(1).split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (int[] first : FIRST_SAFE) {
            if (parts[0] == first[0] && parts[1] == first[1]) {
                return Arrays.compare(parts, first) >= 0;
            }
        }
        return Arrays.compare(parts, FIRST_SAFE.getLast()) > 0;
    }
}
