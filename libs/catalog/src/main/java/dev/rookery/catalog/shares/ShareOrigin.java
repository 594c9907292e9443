package dev.rookery.catalog.shares;

import java.util.Locale;

/** Who keeps a share. */
public enum ShareOrigin {
    /** The lines of a datafile: it comes and goes with deployments. */
    DATAFILE,
    /** A person, through the API. */
    USER;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
