package dev.rookery.catalog;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the installation calls itself.
 *
 * @param region the region's key, which token texts carry as {@code host}
 */
@Validated
@ConfigurationProperties("rookery.catalog")
public record CatalogProperties(
        @DefaultValue("local") @Pattern(regexp = "[a-z0-9-]{1,40}")
        String region) {}
