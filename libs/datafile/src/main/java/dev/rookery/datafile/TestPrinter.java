package dev.rookery.datafile;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes {@code tests/*.yaml} files. */
final class TestPrinter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_=&%.,+~/-]*");
    private static final Set<String> NOT_PLAIN = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private TestPrinter() {}

    static String print(TestFile file) {
        return file.cases().isEmpty()
                ? "[]\n"
                : file.cases().stream().map(TestPrinter::test).collect(Collectors.joining("\n"));
    }

    private static String test(TestFile.Case test) {
        var text = new StringBuilder("- name: " + scalar(test.name()) + "\n");
        var description = test.description();
        if (description != null) {
            text.append("  description: ").append(string(description)).append('\n');
        }
        text.append("  expected_http_status: ")
                .append(test.expectedHttpStatus())
                .append('\n');
        text.append("  parameters: ").append(scalar(test.parameters())).append('\n');
        var result = test.expectedResult();
        if (result != null) {
            text.append("  expected_result: ").append(string(result)).append('\n');
        }
        return text.toString();
    }

    private static String string(String value) {
        return isLiteral(value)
                ? "|\n"
                        + value.lines()
                                .map(line -> line.isEmpty() ? "" : "    " + line)
                                .collect(Collectors.joining("\n"))
                : scalar(value);
    }

    private static String scalar(String value) {
        var plain = PLAIN.matcher(value).matches() && !NOT_PLAIN.contains(value.toLowerCase(Locale.ROOT));
        return plain ? value : doubleQuoted(value);
    }

    /** Rows and longer texts are easier to read as a block, which can hold printable characters only. */
    private static boolean isLiteral(String value) {
        var isText = value.startsWith("{") || value.indexOf('\n') >= 0 || value.indexOf(' ') > 0;
        return isText
                && !value.startsWith(" ")
                && !value.startsWith("\n")
                && value.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f))
                && value.lines().noneMatch(line -> !line.isEmpty() && line.isBlank());
    }

    private static String doubleQuoted(String value) {
        var text = new StringBuilder("\"");
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                    if ((c >= ' ' && c < 0x7f)) {
                        text.append(c);
                    } else {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
