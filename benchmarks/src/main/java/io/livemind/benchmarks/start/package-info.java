/** How long a start takes, and what a role holds at rest. */
@NullMarked
package io.livemind.benchmarks.start;

import org.jspecify.annotations.NullMarked;
