@NullMarked
package dev.rookery.engines.s3;

import org.jspecify.annotations.NullMarked;
