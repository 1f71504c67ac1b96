/**
 * The {@code livemind} command.
 *
 * <ol>
 *   <li>{@link io.livemind.cli.Livemind}: the program and its commands, wired by hand around one
 *       {@link io.livemind.cli.CommandContext}.
 *   <li>{@link io.livemind.cli.DemoCommand} and {@link io.livemind.cli.ReplayCommand}: play
 *       recordings, by way of {@link io.livemind.cli.PlayCommand}.
 *   <li>{@link io.livemind.cli.ExitCode} and {@link io.livemind.cli.FailureReport}: how it ends,
 *       and what it says then.
 *   <li>{@link io.livemind.cli.Interruption}: Ctrl-C.
 * </ol>
 */
@NullMarked
package io.livemind.cli;

import org.jspecify.annotations.NullMarked;
