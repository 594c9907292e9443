package dev.rookery.engines.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;

/**
 * An S3 server on the file system for a single machine.
 *
 * <p>Settings come as {@code key=value} lines on standard input, closed by an empty line: {@code directory},
 * {@code port}, {@code accessKey}, {@code secretKey}; keys never appear on the command line. When the server accepts
 * requests it prints {@code READY} on standard output; a failed start prints {@code FAILED} and the reason, and ends
 * with status 1. Standard input stays open for as long as the parent lives: its end, like SIGTERM, stops the server.
 */
public final class S3ServerMain {
    private static final int SHUTDOWN_LIMIT_SECONDS = 5;

    private S3ServerMain() {}

    /**
     * Runs the server until SIGTERM or the end of standard input.
     *
     * @param arguments none are read
     * @throws IOException when standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Properties settings = readSettings(input);
        try {
            S3Proxy server = server(settings);
            server.start();
            System.out.println("READY");
        } catch (Exception e) {
            e.printStackTrace();
            System.out.println("FAILED " + e);
            Runtime.getRuntime().halt(1);
        }
        awaitEnd(input);
        // Requests are whole files moved into place: nothing has to be flushed, so a hanging stop may be cut short.
        CompletableFuture.delayedExecutor(SHUTDOWN_LIMIT_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        System.exit(0);
    }

    private static S3Proxy server(Properties settings) throws Exception {
        Path directory = Path.of(settings.getProperty("directory"));
        Files.createDirectories(directory);
        var store = new Properties();
        store.setProperty("jclouds.filesystem.basedir", directory.toString());
        var proxy = new Properties();
        proxy.setProperty("s3proxy.endpoint", "http://127.0.0.1:" + settings.getProperty("port"));
        proxy.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        proxy.setProperty("s3proxy.identity", settings.getProperty("accessKey"));
        proxy.setProperty("s3proxy.credential", settings.getProperty("secretKey"));
        proxy.setProperty("s3proxy.ignore-unknown-headers", "true");
        return S3Proxy.Builder.fromProperties(proxy)
                .blobStore(BlobStores.create("filesystem-nio2", store))
                .jettyMaxThreads(32)
                .stopTimeout(2_000)
                .build();
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

    private static void awaitEnd(BufferedReader input) throws IOException {
        while (input.readLine() != null) {
            // Nothing is said on this channel after the settings; only its end matters.
        }
    }
}
