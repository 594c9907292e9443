package dev.rookery.db;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.tokens.TokenText;
import dev.rookery.clickhouse.ClickHouseAdmin;
import dev.rookery.db.MigrateProperties.ClusterSettings;
import dev.rookery.db.MigrateProperties.Login;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings every schema of the platform up to date: the catalog in Postgres, the platform's tables on each ClickHouse
 * cluster, and the Kafka topics. Safe to run again, and by several at once: Flyway holds a lock, the rest is idempotent.
 */
public final class Migrator {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private final MigrateProperties settings;
    private final KeyRing keys;

    public Migrator(MigrateProperties settings, KeyRing keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /**
     * Runs everything that is due.
     *
     * @return the user token of the first admin, when one was asked for and made now; shown to the operator once
     * @throws RuntimeException when a store cannot be reached or refuses; whatever was done stays done
     */
    public Optional<String> run() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(settings.postgresUrl());
        dataSource.setUser(settings.postgresUsername());
        dataSource.setPassword(settings.postgresPassword());

        var result = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migrations/postgres")
                .connectRetries(10)
                .connectRetriesInterval(5)
                .load()
                .migrate();
        LOG.info("Postgres: {} migrations applied, version {}", result.migrationsExecuted, result.targetSchemaVersion);

        var jdbc = JdbcClient.create(dataSource);
        var transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        var random = new SecureRandom();
        var changes = new ChangeLog(jdbc, transactions);
        var clusters = new ClusterStore(jdbc, new Sealer(keys, KeyPurpose.CREDENTIAL_SEAL, random), changes);
        settings.clusters()
                .forEach(cluster -> transactions.executeWithoutResult(status -> register(clusters, cluster)));

        List<Cluster> all = clusters.all();
        all.forEach(cluster -> migrate(clusters, cluster));
        try (var topics = new TopicMigration(settings)) {
            topics.run(all);
        }
        String email = settings.adminEmail();
        if (email == null || email.isBlank()) {
            return Optional.empty();
        }
        var tokens = new TokenStore(
                jdbc,
                keys,
                new Sealer(keys, KeyPurpose.TOKEN_SEAL, random),
                new TokenText(keys, random),
                changes,
                settings.region());
        return new FirstAdmin(jdbc, transactions, tokens).create(email);
    }

    private static void register(ClusterStore clusters, ClusterSettings settings) {
        Integer pool = settings.rolePoolSize();
        var id = clusters.putSingle(
                settings.name(), settings.url(), pool == null ? OptionalInt.empty() : OptionalInt.of(pool));
        Map<ClusterPurpose, Login> logins = Map.of(
                ClusterPurpose.ADMIN, settings.admin(),
                ClusterPurpose.WRITER, settings.writer(),
                ClusterPurpose.GATEWAY, settings.gateway());
        logins.forEach((purpose, login) ->
                clusters.putCredential(id, purpose, new ClusterCredential(login.username(), login.password())));
    }

    private static void migrate(ClusterStore clusters, Cluster cluster) {
        var credential = clusters.credential(cluster.id(), ClusterPurpose.ADMIN);
        try (var admin = new ClickHouseAdmin(cluster.writer().url(), credential, Map.of())) {
            int applied = new ClickHouseMigration(admin).run();
            LOG.info("ClickHouse cluster {}: {} migrations applied", cluster.name(), applied);
        }
    }
}
