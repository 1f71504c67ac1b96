/**
 * What a person sees while sessions are played.
 *
 * <ol>
 *   <li>{@link io.livemind.cli.view.Terminal}: what there is to draw on.
 *   <li>{@link io.livemind.cli.view.PlayViews}: chooses the {@link io.livemind.cli.view.PlayView}.
 *   <li>{@link io.livemind.cli.view.LiveView}: draws a {@link io.livemind.cli.view.Card} a
 *       recording on a {@link io.livemind.cli.view.Screen}; {@link
 *       io.livemind.cli.view.ProgressLine} is one line.
 *   <li>{@link io.livemind.cli.view.Cells}: text in terminal cells, made harmless.
 * </ol>
 */
@NullMarked
package io.livemind.cli.view;

import org.jspecify.annotations.NullMarked;
