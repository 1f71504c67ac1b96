/** Tests of recording. */
@NullMarked
package io.livemind.replay.record;

import org.jspecify.annotations.NullMarked;
