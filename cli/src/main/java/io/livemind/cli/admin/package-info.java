/**
 * The admin port of a role: {@code /livez}, {@code /readyz} and {@code /metrics}, apart from what
 * clients reach.
 */
@NullMarked
package io.livemind.cli.admin;

import org.jspecify.annotations.NullMarked;
