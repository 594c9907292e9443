/** What all doors share: from a request's words to ClickHouse's answer. A change here is a security change. */
@NullMarked
package dev.rookery.gateway.query;

import org.jspecify.annotations.NullMarked;
