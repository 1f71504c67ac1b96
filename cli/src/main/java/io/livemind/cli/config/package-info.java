/**
 * From flags, environment and file to the modules' configuration records.
 *
 * <p>{@link io.livemind.cli.config.Keys} lists every key once, with default and meaning; the page
 * docs/configuration.md is made from it. {@link io.livemind.cli.config.Sources} reads where values
 * can come from, {@link io.livemind.cli.config.Settings} lays them over each other and refuses what
 * it does not know, and one {@code *Settings} class a role builds that role's record, which checks
 * itself.
 */
@NullMarked
package io.livemind.cli.config;

import org.jspecify.annotations.NullMarked;
