/**
 * What a history proves: one {@link io.livemind.integration.chaos.check.Checker} for each promise,
 * pure, so that a stored history can be checked again.
 */
@NullMarked
package io.livemind.integration.chaos.check;

import org.jspecify.annotations.NullMarked;
