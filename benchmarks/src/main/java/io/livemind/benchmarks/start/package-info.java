/** How long a start takes. */
@NullMarked
package io.livemind.benchmarks.start;

import org.jspecify.annotations.NullMarked;
