package dev.rookery.engines;

/**
 * A user and its password, or an access key and its secret.
 *
 * @param user the user's name, or the access key
 * @param password the password, or the secret key
 */
public record Credentials(String user, String password) {
    /** Names the user only, so that a log line never carries the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
