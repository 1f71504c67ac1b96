/** Tests of the latency constants. */
@NullMarked
package io.livemind.replay.latency;

import org.jspecify.annotations.NullMarked;
