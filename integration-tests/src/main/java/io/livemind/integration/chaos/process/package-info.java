/** Processes that can be killed, frozen and cut off. */
@NullMarked
package io.livemind.integration.chaos.process;

import org.jspecify.annotations.NullMarked;
