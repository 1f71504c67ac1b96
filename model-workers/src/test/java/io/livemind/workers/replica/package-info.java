/** Tests of the choice of a replica, with hand-driven time. */
@NullMarked
package io.livemind.workers.replica;

import org.jspecify.annotations.NullMarked;
