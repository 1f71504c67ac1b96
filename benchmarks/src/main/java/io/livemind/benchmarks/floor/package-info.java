/** The whole chain against the bare hops on the same broker in the same run. */
@NullMarked
package io.livemind.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
