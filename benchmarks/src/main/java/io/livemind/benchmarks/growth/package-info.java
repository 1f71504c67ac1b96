/** Whether costs are straight lines. */
@NullMarked
package io.livemind.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
