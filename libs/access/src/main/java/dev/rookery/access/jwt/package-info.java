/** JSON web tokens that tenants sign themselves (JWT). */
@NullMarked
package dev.rookery.access.jwt;

import org.jspecify.annotations.NullMarked;
