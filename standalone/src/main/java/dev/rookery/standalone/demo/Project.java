package dev.rookery.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The datafiles of a project directory.
 *
 * @param files sorted by name
 */
record Project(List<Datafile> files) {
    private static final Pattern DATAFILE = Pattern.compile(".+\\.(datasource|pipe|connection)");
    private static final Pattern ENDPOINT = Pattern.compile("(?im)^\\s*TYPE\\s+\"?endpoint\"?\\s*$");
    private static final Pattern DESCRIPTION = Pattern.compile("(?m)\\ADESCRIPTION\\s*(?:>\\s*)?(\\S.*)$");

    /** Reads every datafile below the directory. */
    static Project read(Path directory) {
        try (var paths = Files.walk(directory)) {
            var files = paths.filter(path ->
                            DATAFILE.matcher(path.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(path -> Datafile.read(directory, path))
                    .toList();
            if (files.isEmpty()) {
                throw new DemoException("no datafiles in " + directory);
            }
            return new Project(files);
        } catch (IOException e) {
            throw new DemoException("the demo's data project cannot be read: " + e.getMessage(), e);
        }
    }

    /** The pipes that are published as REST endpoints. */
    List<Datafile> endpoints() {
        return files.stream().filter(Datafile::isEndpoint).toList();
    }

    /**
     * A file of the project.
     *
     * @param name relative to the project, with slashes
     */
    record Datafile(String name, String text) {
        private static Datafile read(Path directory, Path path) {
            try {
                var name = directory.relativize(path).toString().replace('\\', '/');
                return new Datafile(name, Files.readString(path));
            } catch (IOException e) {
                throw new DemoException("the datafile " + path + " cannot be read: " + e.getMessage(), e);
            }
        }

        boolean isEndpoint() {
            return name.endsWith(".pipe") && ENDPOINT.matcher(text).find();
        }

        /** The resource's name: the file's without folder and extension. */
        String resource() {
            return name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'));
        }

        /** The first line of the description at the file's head. */
        Optional<String> description() {
            var matcher = DESCRIPTION.matcher(text);
            return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
        }
    }
}
