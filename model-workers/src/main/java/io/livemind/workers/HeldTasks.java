package io.livemind.workers;

import io.livemind.schemas.avro.HeldTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tasks that this worker holds, and the places that they take. Answers come first: when all
 * places are taken, an inference or a draft is ended for one.
 *
 * <p>Threading: any thread; one lock, never held while a task is ended.
 */
final class HeldTasks {
  private final int places;
  private final SequencedMap<String, TaskCall> byExecution = new LinkedHashMap<>();
  private final Set<TaskCall> makingRoom = new HashSet<>();
  private boolean closed;

  HeldTasks(int places) {
    this.places = places;
  }

  /**
   * Takes a place for the task.
   *
   * @return whether there was one; an answer makes room by ending what nobody waits for
   */
  boolean admit(TaskCall call) {
    Optional<TaskCall> victim = Optional.empty();
    synchronized (this) {
      if (closed) return false;
      if (taken() >= places) {
        if (!call.isWaitedFor()) return false;
        victim = callToEnd();
        if (victim.isEmpty()) return false;
        makingRoom.add(victim.get());
      }
      byExecution.put(call.execution().id(), call);
    }
    victim.ifPresent(inference -> inference.end(EndReason.PREEMPTED));
    return true;
  }

  /** A call that makes room for an answer holds no place: it leaves within milliseconds. */
  private int taken() {
    return byExecution.size() - makingRoom.size();
  }

  /**
   * The inference or draft that leaves for an answer: one that is being ended anyway (on submit the
   * session cancels its inference and dispatches its answer in one go), else the youngest.
   */
  private Optional<TaskCall> callToEnd() {
    List<TaskCall> candidates =
        byExecution.sequencedValues().reversed().stream()
            .filter(call -> !call.isWaitedFor() && !makingRoom.contains(call))
            .toList();
    return candidates.stream()
        .filter(TaskCall::isEnding)
        .findFirst()
        .or(() -> candidates.stream().findFirst());
  }

  /** Waits until a task of any kind would find a free place; returns whether one would. */
  synchronized boolean awaitRoom(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    for (long left = within.toMillis(); taken() >= places && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return taken() < places;
  }

  /** Whether a task of any kind would find a free place now. */
  synchronized boolean hasRoom() {
    return taken() < places;
  }

  /** The task has left; its place is free. */
  synchronized void remove(TaskCall call) {
    byExecution.remove(call.execution().id());
    makingRoom.remove(call);
    notifyAll();
  }

  synchronized Optional<TaskCall> byExecution(String id) {
    return Optional.ofNullable(byExecution.get(id));
  }

  /** What is held, by results partition: what heartbeats tell. */
  synchronized Map<Integer, List<HeldTask>> byResultsPartition() {
    Map<Integer, List<HeldTask>> held = new TreeMap<>();
    for (TaskCall call : byExecution.values()) {
      held.computeIfAbsent(call.resultsPartition(), _ -> new ArrayList<>())
          .add(call.execution().held());
    }
    return held;
  }

  synchronized int size() {
    return byExecution.size();
  }

  /** Takes no more. */
  synchronized void close() {
    closed = true;
  }

  /** Waits until nothing is held; returns whether that came in time. */
  synchronized boolean awaitEmpty(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    for (long left = within.toMillis(); !byExecution.isEmpty() && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return byExecution.isEmpty();
  }

  /** Ends everything that is held, for this reason. */
  void endAll(EndReason reason) {
    List<TaskCall> all;
    synchronized (this) {
      all = List.copyOf(byExecution.values());
    }
    all.forEach(call -> call.end(reason));
  }
}
