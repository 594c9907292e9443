package dev.rookery.datafile;

import dev.rookery.datafile.EngineSpec.Kind;
import dev.rookery.datafile.EngineSpec.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code ENGINE} and its options (DFD-6 to DFD-14). */
final class EngineReader {

    private static final Set<String> KEYS_AND_TTL = Set.of(
            "ENGINE_PARTITION_KEY", "ENGINE_SORTING_KEY", "ENGINE_PRIMARY_KEY", "ENGINE_SAMPLING_KEY", "ENGINE_TTL");

    private final Fields fields;
    private final Problems problems;

    private EngineReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    static EngineSpec read(Fields fields, Problems problems) {
        return new EngineReader(fields, problems).engine();
    }

    private EngineSpec engine() {
        var named = fields.text("ENGINE");
        var kind = named == null ? Kind.MERGE_TREE : kind(named);
        var at = named == null ? fields.firstOf(Vocabulary.ENGINE_OPTIONS).orElse(Position.NONE) : named.at();
        if (kind == null) {
            return EngineSpec.mergeTree();
        }
        var sign = fields.text("ENGINE_SIGN");
        var version = fields.text("ENGINE_VERSION");
        requireOptions(kind, at);
        warnOfUnusedOptions(kind);
        return new EngineSpec(
                kind,
                fields.text("ENGINE_SORTING_KEY"),
                fields.text("ENGINE_PARTITION_KEY"),
                fields.text("ENGINE_PRIMARY_KEY"),
                fields.text("ENGINE_SAMPLING_KEY"),
                fields.text("ENGINE_TTL"),
                fields.text("ENGINE_VER"),
                fields.text("ENGINE_IS_DELETED"),
                sign,
                version,
                summingColumns(),
                fields.oneOf("ENGINE_JOIN_STRICTNESS", List.of("ANY", "ALL", "SEMI", "ANTI")),
                fields.oneOf("ENGINE_JOIN_TYPE", List.of("INNER", "LEFT", "RIGHT", "FULL")),
                fields.text("ENGINE_KEY_COLUMNS"),
                settings(),
                at);
    }

    private @Nullable Kind kind(Located<String> named) {
        var written = named.value().endsWith("()")
                ? named.value().substring(0, named.value().length() - 2).strip()
                : named.value();
        for (var kind : Kind.values()) {
            if (kind.clickHouseName().equalsIgnoreCase(written)) {
                return kind;
            }
        }
        var names = Arrays.stream(Kind.values()).map(Kind::clickHouseName).toList();
        String advice;
        if (written.contains("(")) {
            advice = "engine arguments have directives of their own: write ENGINE \""
                    + written.substring(0, written.indexOf('(')).strip()
                    + "\" and ENGINE_VER, ENGINE_SIGN, ENGINE_VERSION, ENGINE_SUMMING_COLUMNS or ENGINE_KEY_COLUMNS";
        } else if (written.toLowerCase(Locale.ROOT).startsWith("replicated")) {
            advice = "replication is the platform's part: write ENGINE \"" + written.substring("replicated".length())
                    + "\"";
        } else {
            advice = Suggestions.nearest(written, names)
                    .map(name -> "did you mean " + name + "?")
                    .orElse("expected one of " + String.join(", ", names));
        }
        problems.error(named.at(), "unknown engine " + Quoted.shortened(written) + "; " + advice);
        return null;
    }

    private void requireOptions(Kind kind, Position at) {
        var engine = "of ENGINE " + kind.clickHouseName();
        switch (kind) {
            case JOIN -> {
                fields.required("ENGINE_JOIN_STRICTNESS", engine, at);
                fields.required("ENGINE_JOIN_TYPE", engine, at);
                fields.required("ENGINE_KEY_COLUMNS", engine, at);
            }
            case COLLAPSING -> fields.required("ENGINE_SIGN", engine, at);
            case VERSIONED_COLLAPSING -> {
                fields.required("ENGINE_SIGN", engine, at);
                fields.required("ENGINE_VERSION", engine, at);
            }
            case MERGE_TREE, REPLACING, SUMMING, AGGREGATING, NULL -> {
                // a ReplacingMergeTree without ENGINE_VER keeps the row inserted last.
            }
        }
    }

    private void warnOfUnusedOptions(Kind kind) {
        for (var option : fields.present(Vocabulary.ENGINE_OPTIONS)) {
            if (!isUsed(option.name(), kind) && !option.value().isEmpty()) {
                problems.warn(option.at(), option.name() + " has no effect with ENGINE " + kind.clickHouseName());
            }
        }
        var isDeleted = fields.text("ENGINE_IS_DELETED");
        if (kind == Kind.REPLACING && isDeleted != null && fields.text("ENGINE_VER") == null) {
            problems.warn(isDeleted.at(), "ENGINE_IS_DELETED acts only together with ENGINE_VER");
        }
    }

    private static boolean isUsed(String option, Kind kind) {
        if (KEYS_AND_TTL.contains(option)) {
            return kind.isMergeTree();
        }
        return switch (option) {
            case "ENGINE_VER", "ENGINE_IS_DELETED" -> kind == Kind.REPLACING;
            case "ENGINE_SIGN" -> kind == Kind.COLLAPSING || kind == Kind.VERSIONED_COLLAPSING;
            case "ENGINE_VERSION" -> kind == Kind.VERSIONED_COLLAPSING;
            case "ENGINE_SUMMING_COLUMNS", "ENGINE_COLUMNS" -> kind == Kind.SUMMING;
            case "ENGINE_JOIN_STRICTNESS", "ENGINE_JOIN_TYPE", "ENGINE_KEY_COLUMNS" -> kind == Kind.JOIN;
            default -> kind != Kind.NULL;
        };
    }

    /** The older name of the option stands in where the newer is not given. */
    private @Nullable Located<String> summingColumns() {
        var newer = fields.text("ENGINE_SUMMING_COLUMNS");
        return newer == null ? fields.text("ENGINE_COLUMNS") : newer;
    }

    private List<Setting> settings() {
        var directive = fields.raw("ENGINE_SETTINGS");
        var settings = new ArrayList<Setting>();
        var names = new HashSet<String>();
        for (var pair : directive == null ? List.<Located<String>>of() : directive.list()) {
            var equals = pair.value().indexOf('=');
            var name = equals < 0 ? "" : pair.value().substring(0, equals).strip();
            var value = pair.value().substring(equals + 1).strip();
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || !isSettingValue(value)) {
                problems.error(
                        pair.at(),
                        "expected ENGINE_SETTINGS \"name=value, …\", found " + Quoted.shortened(pair.value()));
            } else if (!names.add(name)) {
                problems.error(pair.at(), "setting " + name + " is given twice");
            } else {
                settings.add(new Setting(name, value));
            }
        }
        return settings;
    }

    /** A bare word or number, or a string in single quotes; nothing that would not survive between double quotes. */
    private static boolean isSettingValue(String value) {
        var length = value.length();
        if (value.indexOf('"') >= 0 || value.indexOf('#') >= 0 || value.indexOf('\n') >= 0 || value.contains("--")) {
            return false;
        }
        return value.startsWith("'")
                ? length > 1 && value.endsWith("'")
                : length > 0 && value.chars().noneMatch(c -> c == '\'' || Character.isWhitespace(c));
    }
}
