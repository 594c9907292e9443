package dev.rookery.engines.containers;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import dev.rookery.engines.Secrets;
import dev.rookery.engines.broker.KafkaConnection;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.objectstore.S3Connection;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.testing.EngineProvider;
import java.io.IOException;
import java.net.URI;
import org.testcontainers.clickhouse.ClickHouseContainer;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The shared engines as containers, one of each per JVM. A ClickHouse here is a full server: it has no pool of roles,
 * they are made by SQL. An engine inside a container does not reach what listens on the loopback address.
 */
public final class ContainerEngines implements EngineProvider {
    private static final String USER = "rookery";

    private final RunningContainer<FullClickHouse> clickHouse;
    private final RunningContainer<PostgresConnection> postgres;
    private final RunningContainer<KafkaConnection> kafka;
    private final RunningContainer<MinIOContainer> s3;

    /** Containers of the images that the system properties name. Nothing is started by this call. */
    public ContainerEngines() {
        this(Images.ofSystemProperties());
    }

    ContainerEngines(Images images) {
        clickHouse = RunningContainer.of(
                EngineKind.CLICKHOUSE,
                () -> new ClickHouseContainer(images.of(EngineKind.CLICKHOUSE))
                        .withUsername(FullClickHouse.ADMIN)
                        .withPassword(Secrets.next())
                        .withEnv("CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT", "1"),
                container -> FullClickHouse.prepare(
                        URI.create(container.getHttpUrl()),
                        container.getMappedPort(9000),
                        new Credentials(container.getUsername(), container.getPassword())));
        postgres = RunningContainer.of(
                EngineKind.POSTGRES,
                () -> new PostgreSQLContainer(images.of(EngineKind.POSTGRES))
                        .withUsername(USER)
                        .withPassword(Secrets.next())
                        .withDatabaseName(USER)
                        .withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off")
                        // Over TCP: what listens there is the server that stays, not one that sets up the data.
                        .waitingFor(Wait.forSuccessfulCommand("pg_isready -h 127.0.0.1 -U " + USER)),
                container -> new PostgresConnection(
                        container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        container.getDatabaseName(),
                        new Credentials(container.getUsername(), container.getPassword())));
        kafka = RunningContainer.of(
                EngineKind.KAFKA,
                () -> new KafkaContainer(images.of(EngineKind.KAFKA))
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                container -> new KafkaConnection(container.getBootstrapServers()));
        s3 = RunningContainer.of(
                EngineKind.S3,
                () -> new MinIOContainer(images.of(EngineKind.S3))
                        .withUserName(USER)
                        .withPassword(Secrets.next()),
                container -> container);
    }

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public ClickHouseConnection clickHouse() {
        return clickHouse.get().connection();
    }

    @Override
    public PostgresConnection postgres() {
        return postgres.get();
    }

    @Override
    public KafkaConnection kafka() {
        return kafka.get();
    }

    @Override
    public S3Connection s3() {
        MinIOContainer container = s3.get();
        return new S3Connection(
                URI.create(container.getS3URL()),
                "us-east-1",
                new Credentials(container.getUserName(), container.getPassword()));
    }

    /** A directory at the top of MinIO's drive is a bucket. */
    @Override
    public void createBucket(String name) {
        try {
            var result = s3.get().execInContainer("mkdir", "-p", "/data/" + name);
            if (result.getExitCode() != 0) {
                throw new EngineException("Cannot make the bucket " + name + ": " + result.getStderr());
            }
        } catch (IOException e) {
            throw new EngineException("Cannot make the bucket " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while making the bucket " + name, e);
        }
    }

    @Override
    public void prepareWorkspace(int number) {
        clickHouse.get().createRole(number);
    }
}
