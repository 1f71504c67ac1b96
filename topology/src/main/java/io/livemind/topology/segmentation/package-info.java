/** Cuts the prompt into segments while it is typed. */
@NullMarked
package io.livemind.topology.segmentation;

import org.jspecify.annotations.NullMarked;
