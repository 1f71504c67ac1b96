/**
 * A paper plan for loads that no machine at hand can carry: arithmetic on measured costs, and a
 * simulation of the fleet of models. Nothing here is a measurement.
 */
@NullMarked
package io.livemind.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
