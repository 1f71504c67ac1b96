/**
 * The fault harness: processes that are killed, frozen and cut off while people type, and proof
 * from what everybody saw that the promises held.
 *
 * <ol>
 *   <li>{@link io.livemind.integration.chaos.history}: what happened, as JSON lines.
 *   <li>{@link io.livemind.integration.chaos.check}: what a history proves or refutes.
 * </ol>
 */
@NullMarked
package io.livemind.integration.chaos;

import org.jspecify.annotations.NullMarked;
