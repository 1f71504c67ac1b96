@NullMarked
package io.livemind.simulator;

import org.jspecify.annotations.NullMarked;
