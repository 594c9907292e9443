package dev.rookery.controlplane.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * How this installation presents itself in the list of regions.
 *
 * @param name shown to people who choose a region
 * @param provider where it runs, such as {@code aws}, {@code gcp} or {@code local}
 * @param url its public address; left out, the address the caller used
 */
@ConfigurationProperties("rookery.control-plane.region")
public record RegionProperties(
        @DefaultValue("local") String name,
        @DefaultValue("self-hosted") String provider,
        @Nullable URI url) {
    String urlFor(HttpServletRequest request) {
        if (url != null) {
            return url.toString();
        }
        return Objects.requireNonNull(
                ServletUriComponentsBuilder.fromContextPath(request).build().toUriString());
    }
}
