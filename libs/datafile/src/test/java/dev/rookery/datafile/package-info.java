/** Tests of the datafile language, one class per kind of file. */
@NullMarked
package dev.rookery.datafile;

import org.jspecify.annotations.NullMarked;
