package io.livemind.simulator;

import io.livemind.schemas.ActionReply;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ActionSet;

/**
 * An inference that was served in a turn, as later calls of the session must hold it.
 *
 * @param reply as it was served
 * @param typed the user text of the turn that the call showed
 * @param required whether an answer call must hold it; otherwise it may
 */
record RecordedMemory(String reply, String typed, boolean required) {

  /**
   * Whether a thinking model's reply becomes memory: it is an action of the complete set, other
   * than {@code wait}. (A session with the simple set keeps fewer; its recordings hold none of the
   * others.)
   */
  static boolean kept(String reply) {
    return ActionReply.parse(reply, ActionSet.COMPLETE)
        .filter(action -> action.action() != Action.WAIT)
        .isPresent();
  }
}
