package dev.rookery.controlplane.projects;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a workspace may consist of; a deployment that would be more is refused.
 *
 * @param dataSources of one workspace (LIM-11)
 * @param columnsPerDataSource of one data source (LIM-16)
 * @param copyPipes of one workspace (LIM-12)
 * @param sinkPipes of one workspace (LIM-13)
 * @param kafkaTopics that the data sources of one workspace read, each counted once per connection (LIM-19)
 * @param kafkaConnections of one workspace (LIM-19)
 */
@Validated
@ConfigurationProperties("rookery.control-plane.limits")
record LimitProperties(
        @DefaultValue("100") @Min(1) int dataSources,
        @DefaultValue("500") @Min(1) @Max(10_000) int columnsPerDataSource,
        @DefaultValue("200") @Min(0) int copyPipes,
        @DefaultValue("10") @Min(0) int sinkPipes,
        @DefaultValue("5") @Min(0) int kafkaTopics,
        @DefaultValue("3") @Min(0) int kafkaConnections) {}
