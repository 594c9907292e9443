package dev.rookery.engines.objectstore;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.Engine;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import dev.rookery.engines.process.ChildJvm;
import dev.rookery.engines.process.ChildProcess;
import dev.rookery.engines.process.FreePorts;
import dev.rookery.engines.process.Launch;
import dev.rookery.engines.process.PrivateFiles;
import dev.rookery.engines.process.StoredSecrets;
import dev.rookery.engines.s3.S3ServerMain;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An S3 server on the file system, on loopback only. Buckets are addressed by path; any region is accepted. */
public final class S3Engine extends Engine {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    private final int port;
    private final Credentials credentials;

    /**
     * A server that is not started yet. Its keys are made for the directory and kept in it.
     *
     * @param home its directory
     * @param log the file for its output
     * @param port where clients connect
     */
    public S3Engine(Path home, Path log, int port) {
        super(EngineKind.S3, home, log);
        this.port = port;
        var stored = StoredSecrets.in(home, "accessKey", "secretKey");
        this.credentials = new Credentials(stored.get("accessKey"), stored.get("secretKey"));
    }

    /** How to reach the server. */
    public S3Connection connection() {
        return new S3Connection(URI.create("http://127.0.0.1:" + port), "us-east-1", credentials);
    }

    /**
     * Makes a bucket, if it does not exist. A bucket is a directory to the server.
     *
     * @param name 3 to 63 lower-case letters, digits and hyphens
     */
    public void createBucket(String name) {
        if (!BUCKET_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a bucket's name: " + name);
        }
        PrivateFiles.makeDirectory(home().resolve("buckets").resolve(name));
    }

    @Override
    protected Launch prepare() {
        FreePorts.requireFree(port, "S3");
        return ChildJvm.launch(
                S3ServerMain.class,
                ChildJvm.classPath(S3ServerMain.class, "/META-INF/rookery/s3.classpath"),
                List.of(
                        "-Xmx128m",
                        "-Xss512k",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ErrorFile=" + log() + ".crash",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
                List.of(),
                Map.of(
                        "directory", home().resolve("buckets").toString(),
                        "port", String.valueOf(port),
                        "accessKey", credentials.user(),
                        "secretKey", credentials.password()));
    }

    @Override
    protected void awaitReady(ChildProcess started) {
        if (!ChildJvm.answersReady(started, START_LIMIT)) {
            throw new EngineException(explain(started));
        }
    }

    private String explain(ChildProcess ended) {
        String output = ended.output();
        if (output.contains("Address already in use")) {
            return FreePorts.busyMessage(port, "S3");
        }
        return "The S3 server did not start: " + ended.lastWords() + " (see " + log() + ")";
    }
}
