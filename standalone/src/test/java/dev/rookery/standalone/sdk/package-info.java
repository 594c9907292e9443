/** The public TypeScript SDK against the platform. */
@NullMarked
package dev.rookery.standalone.sdk;

import org.jspecify.annotations.NullMarked;
