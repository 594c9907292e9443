package dev.rookery.datafile;

/** How messages show what a file says. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    /** In quotes, on one line, and cut when long. */
    static String shortened(String text) {
        var line = text.indexOf('\n') < 0 ? text : text.substring(0, text.indexOf('\n')) + "…";
        return '"' + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + '"';
    }
}
