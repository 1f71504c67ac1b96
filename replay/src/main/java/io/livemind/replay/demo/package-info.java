/**
 * The recordings that ship with the product: {@link io.livemind.replay.demo.DemoRecordings}.
 *
 * <p>They are written by hand, in many languages, typed at 240 characters a minute; the outputs of
 * the models are written too, with estimated numbers of tokens. The readable scripts they are made
 * from lie with the tests.
 */
@NullMarked
package io.livemind.replay.demo;

import org.jspecify.annotations.NullMarked;
