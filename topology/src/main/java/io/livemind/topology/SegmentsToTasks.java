package io.livemind.topology;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Claim;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Heartbeat;
import io.livemind.schemas.avro.Moved;
import io.livemind.schemas.avro.Opened;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import io.livemind.topology.SessionInput.PromptUpdate;
import io.livemind.topology.SessionInput.Refusal;
import io.livemind.topology.SessionInput.ResumeRequested;
import io.livemind.topology.SessionInput.SessionOpened;
import io.livemind.topology.SessionInput.WorkerReport;
import io.livemind.topology.session.Execution;
import io.livemind.topology.session.Flight;
import io.livemind.topology.session.Moment;
import io.livemind.topology.session.SessionCommand;
import io.livemind.topology.session.SessionEvent;
import io.livemind.topology.session.SessionMachine;
import io.livemind.topology.session.SessionMachine.Transition;
import io.livemind.topology.session.SessionState;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.KnownOptions;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.PromptChange;
import io.livemind.topology.typing.TypedPrompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Second stage: runs the session machine over what was typed and what workers report, and carries
 * out what it wants. The only writer of the store; the head is written last.
 */
final class SegmentsToTasks implements Processor<String, SessionInput, String, Object> {
  static final String NAME = "segments-to-tasks";

  private static final Duration TICK = Duration.ofMillis(50);

  private final TopologyConfig config;
  private final TopologyMeters meters;
  private final ProcessWatch watch;
  private final PartitionProgress partitions;
  private final KnownOptions knownOptions;
  private final ClaimDelay claimDelay;
  private Timers timers;
  private Leases leases;
  private List<String> toRepeat;
  private List<String> leftOvers;
  private ProcessorContext<String, Object> context;
  private SessionStore store;
  private KnownSessions known;
  private TaskRenderer renderer;
  private Snapshots snapshots;
  private StoredSegments storedSegments;
  private TurnEnds turnEnds;
  private Deletions deletions;
  private Outbox outbox;
  private InputProgress progress;

  SegmentsToTasks(
      TopologyConfig config,
      ProcessWatch watch,
      PartitionProgress partitions,
      KnownOptions knownOptions,
      TopologyMeters meters) {
    this.config = config;
    this.meters = meters;
    this.watch = watch;
    this.partitions = partitions;
    this.knownOptions = knownOptions;
    this.claimDelay = new ClaimDelay(config.times());
  }

  @Override
  public void init(ProcessorContext<String, Object> newContext) {
    context = newContext;
    // A task that Streams revives begins anew: what was sent and stored last may be lost.
    timers = new Timers();
    leases = new Leases(config.times(), claimDelay);
    leftOvers = new ArrayList<>();
    known = new KnownSessions(config.store().sessionsPerPartition(), meters);
    store = new SessionStore(newContext.getStateStore(SessionStore.NAME), knownOptions);
    var history = new History(store, config.taskLimits(), meters);
    renderer = new TaskRenderer(store, history, config.renderedMessages());
    snapshots = new Snapshots(store);
    storedSegments = new StoredSegments(store);
    outbox = new Outbox(newContext, meters);
    turnEnds = new TurnEnds(store, history, renderer, outbox);
    deletions = new Deletions(newContext, store, outbox, known);
    progress = partitions.of(newContext.taskId().partition());
    toRepeat = new Takeover(store, config.commitInterval()).sessions(new TakenOver());
    newContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    Rewriting.every(config.store().rewriteInterval(), newContext, store);
  }

  @Override
  public void close() {
    known.close();
  }

  @Override
  public void process(Record<String, SessionInput> input) {
    watch.check();
    deleteLeftOvers();
    context.recordMetadata().ifPresent(progress::processed);
    store.beginStep();
    outbox.begin(input.headers());
    try {
      take(input.key(), input.value());
    } finally {
      outbox.end();
    }
  }

  private void take(String session, SessionInput input) {
    switch (input) {
      case SessionOpened opened -> open(session, opened);
      case PromptUpdate update -> typed(session, update);
      case ResumeRequested resume -> resume(session, resume);
      case Refusal refusal -> outbox.refuse(session, refusal);
      case WorkerReport report -> reported(session, report.result().getEvent());
    }
  }

  private void open(String session, SessionOpened opened) {
    if (known.full()) {
      var bound = OptionalLong.of(known.bound());
      outbox.refuse(session, new Refusal(opened.fragment(), FailureCode.TOO_MANY_SESSIONS, bound));
      return;
    }
    known.opened();
    store.putOptions(session, opened.options());
    store.putHead(session, opened.head());
    outbox.answer(session, opened.head().answersPartition(), 0, new Opened());
    setTimer(session, opened.options(), opened.head());
  }

  /**
   * A reader came at another gateway: it is shown the session, on the partition that it reads, and
   * the session goes there, at once or when what streams has ended.
   */
  private void resume(String session, ResumeRequested resume) {
    Head head = moved(session, resume.head().moving(resume.answersPartition()));
    var snapshot = snapshots.of(session, head, resume.request());
    outbox.answer(session, resume.answersPartition(), head.state().turn(), snapshot);
    store.putHead(session, head);
  }

  /** The head of a session that goes to another answers partition, if it can go now. */
  private Head moved(String session, Head head) {
    if (!head.canMove()) return head;
    outbox.answer(
        session, head.answersPartition(), head.state().turn(), new Moved(head.movingTo()));
    return head.moved();
  }

  private void typed(String session, PromptUpdate update) {
    storedSegments.change(session, update.head().prompt(), update.changes());
    Head head = moved(session, update.head());
    step(session, head, update.prompt(), new SessionEvent.Typed(update.changes()));
  }

  private void reported(String session, Object event) {
    switch (event) {
      case Claim claim -> claimed(session, claim);
      case Heartbeat heartbeat -> alive(heartbeat);
      case Outcome outcome -> concluded(session, outcome);
      default -> throw new IllegalStateException("a result of an unknown kind was decoded");
    }
  }

  private void claimed(String session, Claim claim) {
    var execution =
        new Execution(claim.getExecution(), claim.getWorker(), claim.getControlPartition());
    Optional<Head> head = store.head(session);
    if (head.isPresent()) {
      measure(head.get().state(), claim);
      var event =
          new SessionEvent.Claimed(
              claim.getTaskId(), claim.getAttempt(), execution, claim.getAsksGrant());
      step(session, head.get(), head.get().prompt(), event);
    } else {
      outbox.control(
          session, claim.getTaskId(), claim.getAttempt(), execution, ControlCommand.CANCEL);
    }
  }

  /** A task that waited for an instance that begins, or stood still, waited for no worker. */
  private void measure(SessionState state, Claim claim) {
    long nowMillis = context.currentSystemTimeMs();
    state
        .phase()
        .inFlight()
        .filter(flight -> flight.taskId().equals(claim.getTaskId()))
        .filter(flight -> flight.attempt() == claim.getAttempt())
        .filter(flight -> leases.hasReadSince(flight.dispatchedAtMillis(), nowMillis))
        .ifPresent(
            flight -> {
              claimDelay.claimed(flight.dispatchedAtMillis(), nowMillis);
              meters.claimed(nowMillis - flight.dispatchedAtMillis());
            });
  }

  private void alive(Heartbeat heartbeat) {
    long nowMillis = context.currentSystemTimeMs();
    for (var held : heartbeat.getHeld())
      leases.extend(
          held.getSession(), held.getTaskId(), held.getAttempt(), held.getExecution(), nowMillis);
  }

  private void concluded(String session, Outcome outcome) {
    var event = SessionEvent.Concluded.of(outcome);
    Optional<Head> head = store.head(session);
    if (head.isPresent()) step(session, head.get(), head.get().prompt(), event);
    else deletions.concluded(session, event);
  }

  private final class TakenOver implements SessionStore.Visitor {
    @Override
    public void open(String session, Head head) {
      known.opened();
      holdLease(session, head.state());
      setTimer(session, store.options(session, head), head);
    }

    @Override
    public void deleted(String session, long atMillis) {
      known.foundDeleted();
      timers.set(session, atMillis + config.store().deletedMemory().toMillis());
    }

    @Override
    public void leftOver(String session) {
      leftOvers.add(session);
    }
  }

  /** The former owner was cut off while it deleted or opened a session. */
  private void deleteLeftOvers() {
    leftOvers.forEach(store::deleteParts);
    leftOvers.clear();
  }

  /** Not at assignment itself: records are forwarded only while one is processed, or at a tick. */
  private void repeatOutputs() {
    List<String> sessions = toRepeat;
    toRepeat = List.of();
    EachSession.of(sessions, this::repeatOutputs, _ -> {});
  }

  private void repeatOutputs(String session) {
    store.beginStep();
    store
        .head(session)
        .ifPresent(head -> step(session, head, head.prompt(), new SessionEvent.Restored()));
  }

  private void tick(long nowMillis) {
    watch.check();
    deleteLeftOvers();
    repeatOutputs();
    if (!leases.begun() && !progress.reached()) return;
    leases.tick(nowMillis);
    EachSession.of(
        timers.due(nowMillis),
        session -> timePassed(session, nowMillis),
        session -> timers.set(session, nowMillis + EachSession.PAUSE_MILLIS));
  }

  private void timePassed(String session, long nowMillis) {
    Optional<Head> head = store.head(session);
    if (head.isPresent()) timePassed(session, head.get(), nowMillis);
    else deletions.forget(session);
  }

  private void timePassed(String session, Head head, long nowMillis) {
    store.beginStep();
    SessionOptions options = store.options(session, head);
    SessionState state = head.state();
    Optional<Flight> inFlight = state.phase().inFlight();
    if (head.changedAtMillis() + config.store().sessionExpiry().toMillis() <= nowMillis) {
      var expired = new SessionEvent.Typed(List.of(new PromptChange.DeleteRequested()));
      step(session, head, head.prompt(), expired);
    } else if (inFlight.isPresent() && leases.expiresAtMillis(session) <= nowMillis) {
      var expired =
          new SessionEvent.LeaseExpired(inFlight.get().taskId(), inFlight.get().attempt());
      step(session, head, head.prompt(), expired);
      meters.leaseExpired(inFlight.get());
    } else if (dueAtMillis(session, options, head) <= nowMillis) {
      step(session, head, head.prompt(), new SessionEvent.TimePassed());
    } else {
      setTimer(session, options, head);
    }
  }

  /** One transition: its commands in their order, then the head; see {@link SessionStore}. */
  private void step(String session, Head head, TypedPrompt prompt, SessionEvent event) {
    long nowMillis = context.currentSystemTimeMs();
    SessionOptions options = store.options(session, head);
    Transition transition =
        SessionMachine.apply(
            session,
            options,
            config.times(),
            head.state(),
            event,
            new StoredPrompt(store, session, prompt),
            moment(nowMillis));
    Head after = head.with(prompt, transition.state(), nowMillis);
    for (SessionCommand command : transition.commands()) {
      if (command instanceof SessionCommand.DeleteSession) {
        delete(session, after, nowMillis);
        return;
      }
      carryOut(session, after, command);
    }
    Head settled = moved(session, after);
    store.putHead(session, settled);
    holdLease(session, settled.state());
    setTimer(session, options, settled);
  }

  private Moment moment(long nowMillis) {
    return new Moment(nowMillis, claimDelay.overloaded(nowMillis), !leases.begun());
  }

  private void carryOut(String session, Head head, SessionCommand command) {
    switch (command) {
      case SessionCommand.Dispatch dispatch -> dispatch(session, head, dispatch);
      case SessionCommand.Tell tell ->
          outbox.control(session, tell.taskId(), tell.attempt(), tell.execution(), tell.command());
      case SessionCommand.Publish publish ->
          outbox.answer(session, head.answersPartition(), publish.turn(), publish.event());
      case SessionCommand.Remember remember ->
          store.putInference(
              session, remember.turn(), remember.step(), remember.reply(), remember.segments());
      case SessionCommand.Forget forget ->
          forget.steps().forEach(step -> store.forgetInference(session, forget.turn(), step));
      case SessionCommand.SummarizeHistory summary ->
          turnEnds.summarize(session, summary, head.state().turn());
      case SessionCommand.ReportSpending report ->
          outbox.usage(session, head.ownerDigest(), report.spending());
      case SessionCommand.FinishTurn finish -> turnEnds.finish(session, head, finish);
      case SessionCommand.RepeatEnd repeat ->
          turnEnds.repeat(session, head.answersPartition(), repeat.turn());
      case SessionCommand.DeleteSession _ ->
          throw new IllegalStateException("deleting ends the transition");
    }
  }

  private void dispatch(String session, Head head, SessionCommand.Dispatch dispatch) {
    long began = System.nanoTime();
    int attempt = dispatch.flight().attempt();
    int lease = claimDelay.leaseMillis(attempt, context.currentSystemTimeMs());
    Task task = renderer.task(session, head, dispatch.turn(), dispatch.flight(), lease);
    outbox.task(session, task);
    meters.dispatched(dispatch.flight(), task, System.nanoTime() - began);
  }

  private void delete(String session, Head last, long nowMillis) {
    deletions.delete(session, last, nowMillis);
    leases.release(session);
    timers.set(session, nowMillis + config.store().deletedMemory().toMillis());
  }

  private void holdLease(String session, SessionState state) {
    state
        .phase()
        .inFlight()
        .ifPresentOrElse(
            flight -> leases.hold(session, flight, context.currentSystemTimeMs()),
            () -> leases.release(session));
  }

  private void setTimer(String session, SessionOptions options, Head head) {
    long expiry = head.changedAtMillis() + config.store().sessionExpiry().toMillis();
    timers.set(session, Math.min(expiry, dueAtMillis(session, options, head)));
  }

  private long dueAtMillis(String session, SessionOptions options, Head head) {
    long due =
        SessionMachine.dueAtMillis(
            head.state(),
            options,
            config.times(),
            new StoredPrompt(store, session, head.prompt()),
            moment(context.currentSystemTimeMs()));
    return Math.min(due, leases.expiresAtMillis(session));
  }
}
