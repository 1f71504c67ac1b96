/**
 * Tests of the arms, and what the tests of all packages share: samples of recordings, a check
 * against JSON schemas.
 */
@NullMarked
package io.livemind.replay;

import org.jspecify.annotations.NullMarked;
