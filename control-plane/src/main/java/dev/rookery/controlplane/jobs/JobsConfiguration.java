package dev.rookery.controlplane.jobs;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The jobs API. */
@Configuration(proxyBeanMethods = false)
@Import(JobController.class)
public class JobsConfiguration {}
