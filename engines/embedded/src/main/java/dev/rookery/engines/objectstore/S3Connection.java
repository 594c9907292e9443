package dev.rookery.engines.objectstore;

import dev.rookery.engines.Credentials;
import java.net.URI;

/**
 * How to reach an S3 server.
 *
 * @param endpoint its address; buckets are addressed by path
 * @param region the region to sign requests for
 * @param credentials access key and secret key
 */
public record S3Connection(URI endpoint, String region, Credentials credentials) {}
