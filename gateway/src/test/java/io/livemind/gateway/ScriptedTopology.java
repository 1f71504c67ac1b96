package io.livemind.gateway;

import io.livemind.gateway.fragments.FragmentSink;
import io.livemind.schemas.FailureCode;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Cancelled;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Completed;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Delta;
import io.livemind.schemas.avro.DraftHeld;
import io.livemind.schemas.avro.DraftStarted;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.InferenceStarted;
import io.livemind.schemas.avro.Inferred;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Moved;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Opened;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Resume;
import io.livemind.schemas.avro.Revised;
import io.livemind.schemas.avro.SegmentClosed;
import io.livemind.schemas.avro.Snapshot;
import io.livemind.schemas.avro.SnapshotInference;
import io.livemind.schemas.avro.SnapshotTurn;
import io.livemind.schemas.avro.Started;
import io.livemind.schemas.avro.Submit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Stands for everything behind the gateway: cuts at the ends of sentences, concludes something from
 * each, answers in pieces. It keeps the order rules of fragments.
 *
 * <p>Threading: any thread; one session at a time is served under this object's lock.
 */
final class ScriptedTopology implements FragmentSink {
  /** A fragment as it came. */
  record Received(String session, Fragment fragment) {}

  private static final ModelUsage USAGE = new ModelUsage(20, 7, 3, 5L, 9L, null, null);

  final List<Received> received = new CopyOnWriteArrayList<>();
  final MemoryLog log;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final Semaphore pieces = new Semaphore(0);
  private volatile boolean paced;
  private volatile boolean failing;
  private volatile CompletableFuture<Void> confirmed = CompletableFuture.completedFuture(null);
  private volatile int longestPrompt = Integer.MAX_VALUE;
  private volatile Runnable beforeSnapshot = () -> {};
  private volatile List<String> lost = List.of();
  private volatile List<String> answer = List.of("It ", "is ", "so", ".");

  ScriptedTopology(MemoryLog log) {
    this.log = log;
  }

  private static final class Session {
    private final boolean live;
    private long writer;
    private long next;

    /** Those that came before one that is missing: they wait for it, here without end. */
    private final Map<Long, Fragment> waiting = new HashMap<>();

    private int partition;
    private int turn;
    private String text = "";
    private final List<Integer> ends = new ArrayList<>();
    private int revision;
    private int step;
    private volatile int cancelled = -1;
    private final List<SnapshotTurn> past = new CopyOnWriteArrayList<>();

    Session(boolean live) {
      this.live = live;
    }

    void begin(long newWriter) {
      writer = newWriter;
      next = 0;
      waiting.clear();
    }

    @Nullable Fragment taken() {
      Fragment fragment = waiting.remove(next);
      if (fragment != null) next++;
      return fragment;
    }

    Snapshot snapshot(String request) {
      return new Snapshot(
          request,
          writer,
          next,
          turn,
          List.of(),
          text,
          "",
          List.of(new SnapshotInference(1, "Noted before.")),
          past,
          turn > past.size(),
          partition);
    }
  }

  /** From now on this is the answer to everything. */
  void answers(String... texts) {
    answer = List.of(texts);
  }

  /** An answer to the open text of the session that was opened last is drafted, and held. */
  void holdDraft() {
    Session session = Objects.requireNonNull(sessions.get(lastOpened()));
    publish(lastOpened(), session, session.turn, new DraftStarted(99));
    publish(lastOpened(), session, session.turn, new DraftHeld(99));
  }

  /** Something is told that nobody needs, in the session that was opened last. */
  void happensUnseen() {
    Session session = Objects.requireNonNull(sessions.get(lastOpened()));
    publish(lastOpened(), session, session.turn, new Revised(0, 0, 0));
  }

  /** Answers wait for {@link #release}, piece by piece. */
  void pace() {
    paced = true;
  }

  void release(int count) {
    pieces.release(count);
  }

  /** What happens when a session is asked for as it stands, before that is told. */
  void beforeSnapshot(Runnable action) {
    beforeSnapshot = action;
  }

  /** Longer prompts are refused. */
  void longestPrompt(int length) {
    longestPrompt = length;
  }

  /** What comes from now on is confirmed when this is. */
  void confirmWith(CompletableFuture<Void> confirmation) {
    confirmed = confirmation;
  }

  /** Nothing is confirmed any more. */
  void fail() {
    failing = true;
  }

  /** The text of a session as the pipeline holds it. */
  String text(String session) {
    Session known = sessions.get(session);
    return known == null ? "" : known.text;
  }

  /** Whether a session is open. */
  boolean knows(String session) {
    return sessions.containsKey(session);
  }

  /** The worker of each answer says this first, and is lost; another one begins again. */
  void losesWorkersAfter(String... texts) {
    lost = List.of(texts);
  }

  /** The session that was opened last. */
  String lastOpened() {
    return received.stream()
        .filter(each -> each.fragment().getContent() instanceof Open)
        .toList()
        .getLast()
        .session();
  }

  /** Whether somebody has cancelled a turn, and it is known here. */
  synchronized boolean knowsOfCancel() {
    return received.stream().anyMatch(each -> each.fragment().getContent() instanceof Cancel);
  }

  /** The only session. */
  String onlySession() {
    return received.getFirst().session();
  }

  @Override
  public synchronized CompletableFuture<Void> send(String id, Fragment fragment) {
    if (failing) return CompletableFuture.failedFuture(new IllegalStateException("down"));
    received.add(new Received(id, fragment));
    take(id, fragment);
    return confirmed;
  }

  private void take(String id, Fragment fragment) {
    if (fragment.getContent() instanceof Open open) {
      var session = new Session(open.getOptions().getMode() == Mode.LIVE);
      session.writer = fragment.getWriter();
      session.next = 1;
      session.partition = fragment.getAnswersPartition();
      sessions.put(id, session);
      publish(id, session, 0, new Opened());
      return;
    }
    Session session = sessions.get(id);
    if (session != null && fragment.getContent() instanceof Resume resume) {
      beforeSnapshot.run();
      log.publish(
          id, fragment.getAnswersPartition(), session.turn, session.snapshot(resume.getRequest()));
    } else if (session == null && fragment.getContent() instanceof Delete) {
      log.publish(id, fragment.getAnswersPartition(), fragment.getTurn(), new Moved(-1));
    } else if (session == null) {
      reject(id, new Session(true), fragment, FailureCode.SESSION_UNKNOWN);
    } else if (fragment.getWriter() < session.writer) {
      reject(id, session, fragment, FailureCode.NOT_WRITER);
    } else {
      if (fragment.getWriter() > session.writer) session.begin(fragment.getWriter());
      if (fragment.getSequence() >= session.next)
        session.waiting.put(fragment.getSequence(), fragment);
      for (Fragment next = session.taken(); next != null; next = session.taken())
        apply(id, session, next);
    }
  }

  private void apply(String id, Session session, Fragment fragment) {
    boolean other = fragment.getTurn() != session.turn;
    switch (fragment.getContent()) {
      case Delete _ -> {
        sessions.remove(id);
        publish(id, session, session.turn, new Moved(-1));
      }
      case Cancel _ -> {
        // As in the pipeline: of a turn that is still typed, there is nothing to stop.
        if (fragment.getTurn() < session.turn)
          session.cancelled = Math.max(session.cancelled, fragment.getTurn());
      }
      case Object _ when other -> reject(id, session, fragment, FailureCode.WRONG_TURN);
      case Append append when isTooLong(append.getText()) ->
          reject(id, session, fragment, FailureCode.PROMPT_TOO_LARGE);
      case Replace replace when isTooLong(replace.getText()) ->
          reject(id, session, fragment, FailureCode.PROMPT_TOO_LARGE);
      case Append append -> edit(id, session, session.text.length(), 0, append.getText());
      case Replace replace ->
          edit(id, session, replace.getPosition(), replace.getDeletedLength(), replace.getText());
      case Submit submit -> submit(id, session, fragment, submit);
      default -> {}
    }
  }

  private boolean isTooLong(String text) {
    return text.length() > longestPrompt;
  }

  private void edit(String id, Session session, int position, int deleted, String text) {
    int end = (int) Math.min((long) position + deleted, session.text.length());
    String after = session.text.substring(0, position) + text + session.text.substring(end);
    int same = 0;
    int shorter = Math.min(after.length(), session.text.length());
    while (same < shorter && after.charAt(same) == session.text.charAt(same)) same++;
    session.text = after;
    int changed = same;
    if (session.ends.removeIf(cut -> cut > changed)) {
      int kept = session.ends.size();
      publish(id, session, session.turn, new Revised(++session.revision, kept, kept));
    }
    cut(id, session);
  }

  private void cut(String id, Session session) {
    for (int i = closed(session); i < session.text.length() - 1; i++)
      if (".?!".indexOf(session.text.charAt(i)) >= 0 && session.text.charAt(i + 1) == ' ')
        close(id, session, i + 2, ClosedBy.RULE);
  }

  private static int closed(Session session) {
    return session.ends.isEmpty() ? 0 : session.ends.getLast();
  }

  private void close(String id, Session session, int end, ClosedBy reason) {
    int start = closed(session);
    if (end <= start) return;
    session.ends.add(end);
    int index = session.ends.size() - 1;
    publish(id, session, session.turn, new SegmentClosed(index, start, end, reason));
    if (!session.live || reason == ClosedBy.SUBMIT) return;
    int step = session.step++;
    publish(id, session, session.turn, new InferenceStarted(step, index + 1));
    String thought = "Noted: " + session.text.substring(start, end).strip();
    publish(
        id, session, session.turn, new Inferred(step, Action.INFERENCE, index + 1, thought, USAGE));
  }

  private void submit(String id, Session session, Fragment fragment, Submit submit) {
    boolean same =
        submit.getLength() == session.text.length()
            && submit.getHash() == TextHash.of(session.text);
    if (!same) {
      reject(id, session, fragment, FailureCode.RESYNC);
      return;
    }
    close(id, session, session.text.length(), ClosedBy.SUBMIT);
    int turn = session.turn++;
    String prompt = session.text;
    session.text = "";
    session.ends.clear();
    session.step = 0;
    List<String> texts = answer;
    Thread.startVirtualThread(() -> speak(id, session, turn, prompt, texts));
  }

  private void speak(String id, Session session, int turn, String prompt, List<String> texts) {
    int attempt = lost.isEmpty() ? 1 : 2;
    if (attempt > 1) publish(id, session, turn, new Started(id + "/" + turn, 1, "w", "scripted"));
    for (int i = 0; i < lost.size(); i++)
      publish(id, session, turn, new Delta(1, "w", i, lost.get(i)));
    publish(id, session, turn, new Started(id + "/" + turn, attempt, "x", "scripted"));
    var said = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      if (paced) pieces.acquireUninterruptibly();
      if (session.cancelled >= turn) {
        session.past.add(new SnapshotTurn(turn, prompt, said.toString(), true, null));
        publish(id, session, turn, new Cancelled(said.toString()));
        return;
      }
      said.append(texts.get(i));
      publish(id, session, turn, new Delta(attempt, "x", i, texts.get(i)));
    }
    session.past.add(new SnapshotTurn(turn, prompt, said.toString(), false, null));
    publish(id, session, turn, new Completed(attempt, "x", said.toString(), USAGE));
  }

  private void reject(String id, Session session, Fragment fragment, FailureCode code) {
    var rejected =
        new Rejected(code.code(), fragment.getWriter(), fragment.getSequence(), session.next, null);
    log.publish(id, fragment.getAnswersPartition(), fragment.getTurn(), rejected);
  }

  private void publish(String id, Session session, int turn, Object event) {
    log.publish(id, session.partition, turn, event);
  }

  @Override
  public void close() {}
}
