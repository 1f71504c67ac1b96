/**
 * The demo's recordings and how they are made: {@link io.livemind.replay.demo.DemoScript} reads the
 * scripts of the test resources.
 */
@NullMarked
package io.livemind.replay.demo;

import org.jspecify.annotations.NullMarked;
