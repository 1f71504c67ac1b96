/** The same work done as the paper describes its program, for comparison. */
@NullMarked
package io.livemind.benchmarks.authors;

import org.jspecify.annotations.NullMarked;
