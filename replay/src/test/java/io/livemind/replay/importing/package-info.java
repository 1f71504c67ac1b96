/** Tests of importing. */
@NullMarked
package io.livemind.replay.importing;

import org.jspecify.annotations.NullMarked;
