@NullMarked
package io.livemind.cli.chat;

import org.jspecify.annotations.NullMarked;
