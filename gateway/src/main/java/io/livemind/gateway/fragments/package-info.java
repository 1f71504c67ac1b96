/**
 * From what a client sends to the topic {@code fragments}.
 *
 * <ol>
 *   <li>{@link io.livemind.gateway.fragments.JsonFields}: a JSON object, read strictly.
 *   <li>{@link io.livemind.gateway.fragments.FragmentJson}: one edit of the prompt.
 *   <li>{@link io.livemind.gateway.fragments.Writers}: numbers of clients, each larger than the one
 *       before.
 *   <li>{@link io.livemind.gateway.fragments.FragmentSink}: where fragments go; on Kafka {@link
 *       io.livemind.gateway.fragments.KafkaFragments}.
 * </ol>
 */
@NullMarked
package io.livemind.gateway.fragments;

import org.jspecify.annotations.NullMarked;
