package dev.rookery.ingest.files;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** A URL that may be asked for, as far as its text tells. Its query is never shown: it often holds a key. */
record RemoteAddress(URI uri) {
    private static final int LONGEST = 16 << 10;

    /** @throws RefusedAddressException when it is no URL, or not one of HTTP */
    static RemoteAddress parse(String text) {
        if (text.length() > LONGEST) {
            throw new RefusedAddressException("The URL is longer than 16 KiB");
        }
        try {
            return of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw new RefusedAddressException("The URL is not valid: " + e.getReason());
        }
    }

    private static RemoteAddress of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new RefusedAddressException("The URL must begin with http:// or https://");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new RefusedAddressException("The URL must name a host, and no user");
        }
        return new RemoteAddress(uri);
    }

    /** Where a redirect leads to; never from an encrypted connection to a plain one. */
    RemoteAddress redirected(String location) {
        try {
            RemoteAddress next = of(uri.resolve(new URI(location)));
            if (uri.getScheme().equalsIgnoreCase("https")
                    && next.uri.getScheme().equalsIgnoreCase("http")) {
                throw new RefusedAddressException("The URL redirects from https to http");
            }
            return next;
        } catch (URISyntaxException e) {
            throw new RefusedAddressException("The URL redirects to what is no URL");
        }
    }

    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** What the file is called: the last part of the path. */
    String fileName() {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Without the query, for messages and logs. */
    @Override
    public String toString() {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + uri.getRawAuthority() + path;
    }
}
