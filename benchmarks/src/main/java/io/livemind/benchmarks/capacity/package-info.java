/** How much goes through, and what a session that is open costs. */
@NullMarked
package io.livemind.benchmarks.capacity;

import org.jspecify.annotations.NullMarked;
