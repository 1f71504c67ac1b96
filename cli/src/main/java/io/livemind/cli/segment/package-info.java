/**
 * {@code livemind segment}: {@link io.livemind.cli.segment.TypedText} cuts a text as it would be
 * cut while somebody types it; {@link io.livemind.cli.segment.SegmentationChecks} holds the
 * segmenter against texts whose segments are known.
 */
@NullMarked
package io.livemind.cli.segment;

import org.jspecify.annotations.NullMarked;
