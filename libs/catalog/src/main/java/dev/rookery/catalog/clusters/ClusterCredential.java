package dev.rookery.catalog.clusters;

/** A user of a cluster with its password in clear: keep it out of logs. */
public record ClusterCredential(String username, String password) {
    @Override
    public String toString() {
        return "ClusterCredential[username=" + username + "]";
    }
}
