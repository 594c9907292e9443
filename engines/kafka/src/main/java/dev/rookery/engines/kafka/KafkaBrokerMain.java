package dev.rookery.engines.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node (controller and broker in one) for a single machine.
 *
 * <p>Settings come as {@code key=value} lines on standard input, closed by an empty line: {@code directory},
 * {@code port}, {@code controllerPort}. When the node accepts clients it prints {@code READY} on standard output; a
 * failed start prints {@code FAILED} and the reason, and ends with status 1. Standard input stays open for as long as
 * the parent lives: its end, like SIGTERM, shuts the node down.
 */
public final class KafkaBrokerMain {
    private static final int SHUTDOWN_LIMIT_SECONDS = 10;

    private KafkaBrokerMain() {}

    /**
     * Runs the node until SIGTERM or the end of standard input.
     *
     * @param arguments none are read
     * @throws IOException when standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Properties settings = readSettings(input);
        try {
            var node = KafkaNode.from(settings);
            node.format();
            var server = new KafkaRaftServer(node.config(), Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
            endWithParent(input);
            server.startup();
            System.out.println("READY");
            server.awaitShutdown();
        } catch (Exception e) {
            e.printStackTrace();
            System.out.println("FAILED " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static Properties readSettings(BufferedReader input) throws IOException {
        var text = new StringBuilder();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            text.append(line).append('\n');
        }
        var settings = new Properties();
        settings.load(new StringReader(text.toString()));
        return settings;
    }

    private static void endWithParent(BufferedReader input) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            awaitEnd(input);
            // A shutdown that hangs must not leave an orphan behind.
            CompletableFuture.delayedExecutor(SHUTDOWN_LIMIT_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> Runtime.getRuntime().halt(1));
            System.exit(0);
        });
    }

    private static void awaitEnd(BufferedReader input) {
        try {
            while (input.readLine() != null) {
                // Nothing is said on this channel after the settings; only its end matters.
            }
        } catch (IOException e) {
            System.err.println("The channel to the parent broke: " + e);
        }
    }
}
