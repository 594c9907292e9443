package dev.rookery.controlplane.identity;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who and where the caller is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegionProperties.class)
@Import(IdentityController.class)
public class IdentityConfiguration {}
