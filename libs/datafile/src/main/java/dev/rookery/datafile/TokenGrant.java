package dev.rookery.datafile;

/**
 * A {@code TOKEN name READ|APPEND} line (DFD-17, DFP-9).
 *
 * @param token the token's name, without quotes
 * @param permission what the token may do with the resource of this file
 * @param at where the line stands; no part of equality
 */
public record TokenGrant(String token, Permission permission, Position at) {

    /** What a token may do with one resource. */
    public enum Permission {
        READ,
        APPEND
    }
}
