/** Tests of playing, on a hand-driven clock. */
@NullMarked
package io.livemind.replay.play;

import org.jspecify.annotations.NullMarked;
