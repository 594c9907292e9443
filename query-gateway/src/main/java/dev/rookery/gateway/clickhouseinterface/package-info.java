/** ClickHouse's own HTTP interface for drivers and BI tools (CHI). */
@NullMarked
package dev.rookery.gateway.clickhouseinterface;

import org.jspecify.annotations.NullMarked;
