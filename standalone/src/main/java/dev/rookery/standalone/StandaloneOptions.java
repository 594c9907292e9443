package dev.rookery.standalone;

import java.nio.file.Path;

/**
 * What {@code ./rookery up} was asked for.
 *
 * @param data the directory that holds everything
 * @param port of the API; the ClickHouse interface takes the next one. 0 for any two that are free
 * @param host the address to listen on
 * @param fresh wipe the data directory first
 * @param demo deploy the demo project and feed it
 */
record StandaloneOptions(Path data, int port, String host, boolean fresh, boolean demo) {
    static final int DEFAULT_PORT = 7181;

    /** @throws StandaloneException naming the argument at fault */
    static StandaloneOptions parse(String... arguments) {
        Path data = Path.of(".rookery");
        int port = DEFAULT_PORT;
        String host = "127.0.0.1";
        boolean fresh = false;
        boolean demo = false;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? "" : argument.substring(equals + 1);
            switch (name) {
                case "--data" -> data = Path.of(value);
                case "--port" -> port = port(value);
                case "--host" -> host = value;
                case "--fresh" -> fresh = true;
                case "--demo" -> demo = true;
                default -> throw new StandaloneException("unknown argument '%s'".formatted(argument));
            }
        }
        return new StandaloneOptions(data.toAbsolutePath().normalize(), port, host, fresh, demo);
    }

    /** The port of the ClickHouse interface; 0 for any that is free. */
    int clickHousePort() {
        return port == 0 ? 0 : port + 1;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port < 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // The message below says what is wanted.
        }
        throw new StandaloneException(
                "'%s' is no port: give a number from 1 to 65534, or 0 for any that is free".formatted(text));
    }
}
