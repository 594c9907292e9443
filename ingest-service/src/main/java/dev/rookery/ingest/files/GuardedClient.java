package dev.rookery.ingest.files;

import dev.rookery.catalog.jobs.JobFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches tenants' URLs, and keeps them out of the operator's networks (ALGORITHMS.md 18): names are resolved here, every
 * address is checked, and connections go to the addresses that were checked; redirects are followed one by one in the same
 * way. Knows no proxy, no cookies and no credentials. Thread safe.
 */
final class GuardedClient implements AutoCloseable {
    private static final int REDIRECTS = 5;
    private static final int CONNECTIONS = 256;

    private final AddressRules rules;
    private final DnsResolver names;
    private final Duration timeout;
    private final CloseableHttpClient client;

    /**
     * @param names finds a name's addresses; none of them is used unchecked
     * @param timeout for a whole file
     * @param silence how long nothing may come
     */
    GuardedClient(AddressRules rules, Names names, Duration timeout, Duration silence) {
        this.rules = rules;
        this.timeout = timeout;
        this.names = new Guard(names);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(this.names)
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(10))
                        .setSocketTimeout(Timeout.of(silence))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                // A connection that is kept might be used for a name that leads elsewhere by now.
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.ofSeconds(30))
                        .setResponseTimeout(Timeout.of(silence))
                        .build())
                .setUserAgent("Rookery")
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableRedirectHandling()
                .build();
    }

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** @throws RefusedAddressException when the host is not known, or one of its addresses is not allowed */
    void check(RemoteAddress address) {
        try {
            var _ = names.resolve(address.host());
        } catch (Guard.RefusedHostException e) {
            throw new RefusedAddressException(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            throw new RefusedAddressException("The host of the URL is not known");
        }
    }

    /**
     * Asks for a file.
     *
     * @throws JobFailedException when the server says that there is no such file for us
     * @throws RefusedAddressException when the address, or one that it redirects to, is not allowed
     * @throws UncheckedIOException when it may be there the next time
     */
    RemoteFile open(RemoteAddress address) {
        RemoteAddress at = address;
        try {
            for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
                var get = new HttpGet(at.uri());
                get.setHeader("Accept-Encoding", "identity");
                ClassicHttpResponse response = client.executeOpen(null, get, null);
                Header location = response.getFirstHeader("Location");
                int status = response.getCode();
                if (status == 200) {
                    return new RemoteFile(get, response, at, System.nanoTime() + timeout.toNanos());
                }
                get.cancel();
                response.close();
                if (status < 300 || status >= 400 || location == null) {
                    throw refused(status);
                }
                at = at.redirected(location.getValue());
            }
            throw new RefusedAddressException("The URL redirects more than %d times".formatted(REDIRECTS));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static RuntimeException refused(int status) {
        String words = "The URL answered %d".formatted(status);
        boolean passing = status >= 500 || status == 408 || status == 429;
        return passing ? new UncheckedIOException(new IOException(words)) : new JobFailedException(words);
    }

    private static RuntimeException unreachable(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Guard.RefusedHostException) {
                return new RefusedAddressException(String.valueOf(cause.getMessage()));
            }
        }
        return new UncheckedIOException(e);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only way to an address. One that is not allowed spoils the name: the next attempt might take it. */
    private final class Guard implements DnsResolver {
        private final Names source;

        Guard(Names source) {
            this.source = source;
        }

        private static final class RefusedHostException extends UnknownHostException {
            private static final long serialVersionUID = 1L;

            RefusedHostException() {
                super("The URL leads to an address that is not public");
            }
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = source.of(host);
            if (found.length == 0) {
                throw new UnknownHostException(host);
            }
            if (!Arrays.stream(found).allMatch(rules::allows)) {
                throw new RefusedHostException();
            }
            return found;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
