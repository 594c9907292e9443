package dev.rookery.db;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What migrate brings up to date.
 *
 * @param postgresUrl the JDBC URL of the catalog, such as {@code jdbc:postgresql://host:5432/rookery}
 * @param postgresUsername a user that may create tables there
 * @param postgresPassword the user's password
 * @param kafkaBootstrap Kafka's bootstrap servers, {@code host:port,…}
 * @param partitions of each ingestion topic; more let more writers share the work
 * @param replicationFactor of each topic: 3 in production, with {@code min.insync.replicas} 2
 * @param adminEmail the first user and organization admin; created once, and the user token is printed once
 * @param region the region's key, which token texts carry; the services' {@code rookery.catalog.region}
 * @param clusters ClickHouse clusters to register, or to give new addresses and passwords
 */
@Validated
@ConfigurationProperties("rookery.migrate")
public record MigrateProperties(
        @NotBlank String postgresUrl,
        @NotBlank String postgresUsername,
        @NotNull String postgresPassword,
        @NotBlank String kafkaBootstrap,
        @DefaultValue("6") @Positive int partitions,
        @DefaultValue("1") @Positive short replicationFactor,
        @Nullable String adminEmail,
        @DefaultValue("local") String region,
        @DefaultValue List<@Valid ClusterSettings> clusters) {

    /**
     * A ClickHouse cluster.
     *
     * @param rolePoolSize how many tenant roles r0001… were provisioned; leave out where they can be created by SQL
     */
    public record ClusterSettings(
            @NotBlank String name,
            @NotNull URI url,
            @Nullable Integer rolePoolSize,
            @NotNull @Valid Login admin,
            @NotNull @Valid Login writer,
            @NotNull @Valid Login gateway) {}

    /** A user of ClickHouse. */
    public record Login(@NotBlank String username, @NotNull String password) {
        @Override
        public String toString() {
            return "Login[username=" + username + "]";
        }
    }

    @Override
    public String toString() {
        return "MigrateProperties[postgresUrl=%s, kafkaBootstrap=%s, clusters=%s]"
                .formatted(postgresUrl, kafkaBootstrap, clusters);
    }
}
