/**
 * The chat interface that existing clients know, as data: {@link
 * io.livemind.gateway.openai.ChatRequest} in, {@link io.livemind.gateway.openai.ChatJson} out, and
 * {@link io.livemind.gateway.openai.StreamedText} between an answer that may be corrected and a
 * client that cannot take text back.
 */
@NullMarked
package io.livemind.gateway.openai;

import org.jspecify.annotations.NullMarked;
