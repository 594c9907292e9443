package dev.rookery.controlplane.secrets;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The API of a workspace's secrets.
 *
 * @param requestsPerSecond for one workspace and this instance; more are answered 429
 */
@Validated
@ConfigurationProperties("rookery.control-plane.secrets")
record SecretProperties(@DefaultValue("5") @Min(1) int requestsPerSecond) {}
