package dev.rookery.datafile;

import java.util.Locale;

/** How enum constants are written in datafiles. */
final class Words {

    private Words() {}

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
