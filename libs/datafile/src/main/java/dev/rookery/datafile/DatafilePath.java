package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/**
 * What a file's path says about it (DFG-2, DFG-3).
 *
 * @param path as given, with {@code /} between folders
 * @param kind by extension; null when the file is no datafile
 * @param name the file's name without its extension
 * @param vendor the workspace that owns a file of {@code vendor/<workspace>/}; null for the project's own files
 */
public record DatafilePath(
        String path,
        @Nullable Kind kind,
        String name,
        @Nullable String vendor) {

    /** The kinds of datafile. */
    public enum Kind {
        DATASOURCE("data source", ".datasource"),
        PIPE("pipe", ".pipe"),
        CONNECTION("connection", ".connection"),
        TEST("test", ".yaml");

        private final String label;
        private final String extension;

        Kind(String label, String extension) {
            this.label = label;
            this.extension = extension;
        }

        /** For messages: {@code data source}. */
        public String label() {
            return label;
        }

        /** With its dot. */
        public String extension() {
            return extension;
        }
    }

    /** Reads a path; backslashes count as slashes. */
    public static DatafilePath of(String path) {
        var unified = path.replace('\\', '/');
        var file = unified.substring(unified.lastIndexOf('/') + 1);
        var dot = file.lastIndexOf('.');
        var name = dot > 0 ? file.substring(0, dot) : file;
        var extension = dot > 0 ? file.substring(dot) : "";
        return new DatafilePath(unified, kindOf(unified, extension), name, vendorOf(unified));
    }

    /** Whether one of the folders above the file has this name. */
    public boolean isIn(String folder) {
        return isIn(path, folder);
    }

    private static boolean isIn(String path, String folder) {
        return path.startsWith(folder + "/") || path.contains("/" + folder + "/");
    }

    private static @Nullable Kind kindOf(String path, String extension) {
        return switch (extension) {
            case ".datasource" -> Kind.DATASOURCE;
            case ".pipe" -> Kind.PIPE;
            case ".connection" -> Kind.CONNECTION;
            // Projects hold other YAML too: workflows, infrastructure.
            case ".yaml", ".yml" -> isIn(path, "tests") ? Kind.TEST : null;
            default -> null;
        };
    }

    private static @Nullable String vendorOf(String path) {
        var marker = path.startsWith("vendor/") ? 0 : path.indexOf("/vendor/") + 1;
        if (marker == 0 && !path.startsWith("vendor/")) {
            return null;
        }
        var start = marker + "vendor/".length();
        var end = path.indexOf('/', start);
        return end > start ? path.substring(start, end) : null;
    }
}
