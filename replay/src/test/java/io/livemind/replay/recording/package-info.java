/** Tests of recordings and their files. */
@NullMarked
package io.livemind.replay.recording;

import org.jspecify.annotations.NullMarked;
