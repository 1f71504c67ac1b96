/**
 * One run: a cluster, a case of faults with a seed, its history and its verdict; and the report of
 * many runs.
 */
@NullMarked
package io.livemind.integration.chaos.run;

import org.jspecify.annotations.NullMarked;
