/** Deploys a data project and loads a git repository's history into it, through the public API only. */
@NullMarked
package dev.rookery.standalone.demo;

import org.jspecify.annotations.NullMarked;
