package dev.rookery.standalone.demo;

/**
 * One file that a commit touched.
 *
 * @param path the path after the commit, with slashes
 * @param oldPath the path before a rename or copy, empty otherwise
 * @param linesAdded 0 for a binary file
 * @param linesDeleted 0 for a binary file
 */
record FileChange(String path, String oldPath, long linesAdded, long linesDeleted, boolean binary) {}
