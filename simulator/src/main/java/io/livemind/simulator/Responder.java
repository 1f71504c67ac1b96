package io.livemind.simulator;

/** Decides what calls are answered; knows nothing of network and time. Any thread may ask. */
sealed interface Responder permits RecordedResponder, ScriptedResponder, FreeTextResponder {

  /**
   * @throws RefusedException if the call may not be answered
   */
  Reply reply(ChatCall call) throws RefusedException;
}
