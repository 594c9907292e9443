@NullMarked
package dev.rookery.engines.clickhouse;

import org.jspecify.annotations.NullMarked;
