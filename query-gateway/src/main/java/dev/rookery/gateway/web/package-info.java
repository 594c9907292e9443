/** How answers and errors of all doors travel over HTTP. */
@NullMarked
package dev.rookery.gateway.web;

import org.jspecify.annotations.NullMarked;
