@NullMarked
package io.livemind.cli.config;

import org.jspecify.annotations.NullMarked;
