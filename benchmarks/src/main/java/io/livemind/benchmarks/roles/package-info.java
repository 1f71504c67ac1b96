/** What each role holds and uses, as a process of its own. */
@NullMarked
package io.livemind.benchmarks.roles;

import org.jspecify.annotations.NullMarked;
