/*
 * Load on a ZooKeeper server by its own asynchronous client, in the shapes of bench/ws-load.ts:
 * `java ZkBench mode=load port=2181 pid=123 sessions=16 outstanding=64 ...`.
 * Prints one JSON object of numbers: latencies in milliseconds, CPU in microseconds per operation.
 */

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

public final class ZkBench {
  private static final int KEYS = 1000;
  private static final int FILL_PARENTS = 100;
  private static final int WATCH_ROUNDS = 7;
  private static final int WATCH_WARM_ROUNDS = 2;
  private static final int SESSION_TIMEOUT_MS = 60_000;

  private final Map<String, String> job = new HashMap<>();
  private final Map<String, Double> result = new LinkedHashMap<>();
  private final List<ZooKeeper> sessions = new ArrayList<>();
  private final AtomicLong errors = new AtomicLong();
  private final byte[] data;
  private volatile boolean stopping;

  public static void main(String[] arguments) throws Exception {
    ZkBench bench = new ZkBench(arguments);
    bench.run();
    bench.print();
    System.exit(0);
  }

  private ZkBench(String[] arguments) {
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      job.put(pair[0], pair[1]);
    }
    data = new byte[number("size", 0)];
    ThreadLocalRandom.current().nextBytes(data);
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(job.getOrDefault(name, Integer.toString(otherwise)));
  }

  private void run() throws Exception {
    String mode = job.get("mode");
    if (mode.equals("first")) {
      firstWrite();
      return;
    }
    for (int i = 0; i < number("sessions", 1); i++) sessions.add(connect(SESSION_TIMEOUT_MS));
    switch (mode) {
      case "load" -> load();
      case "create-delete" -> createDelete();
      case "serial" -> serial();
      case "watch" -> watch();
      case "fill" -> fill();
      default -> throw new IllegalArgumentException("no such mode: " + mode);
    }
    for (ZooKeeper session : sessions) session.close();
  }

  /** Closed loop over random keys for a time, after a warm-up that is not measured. */
  private void load() throws Exception {
    populate();
    int readPercent = number("readPercent", 0);
    int outstanding = number("outstanding", 1);
    Latencies latencies = new Latencies(4_000_000);
    AtomicInteger underWay = new AtomicInteger();
    String[] keys = new String[KEYS];
    for (int k = 0; k < KEYS; k++) keys[k] = key(k);

    /** One of the requests that a session keeps under way: sends itself again when answered. */
    final class Slot {
      private final ZooKeeper session;
      private long sentAt;

      Slot(ZooKeeper session) {
        this.session = session;
      }

      void send() {
        if (stopping) {
          underWay.decrementAndGet();
          return;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String path = keys[random.nextInt(KEYS)];
        sentAt = System.nanoTime();
        if (random.nextInt(100) < readPercent) {
          session.getData(path, false, (code, p, c, bytes, stat) -> answered(code), null);
        } else {
          session.setData(path, data, -1, (code, p, c, stat) -> answered(code), null);
        }
      }

      private void answered(int code) {
        if (code != 0) errors.incrementAndGet();
        latencies.add(System.nanoTime() - sentAt);
        send();
      }
    }

    for (ZooKeeper session : sessions) {
      for (int i = 0; i < outstanding; i++) {
        underWay.incrementAndGet();
        new Slot(session).send();
      }
    }
    Thread.sleep(number("warmMs", 1000));
    latencies.clear();
    Mark before = new Mark();
    Thread.sleep(number("measureMs", 3000));
    report("", before, latencies);
    stopping = true;
    for (int i = 0; i < 1000 && underWay.get() > 0; i++) Thread.sleep(10);
  }

  /** Creates `count` ephemeral sequential znodes, then deletes every one of them. */
  private void createDelete() throws Exception {
    String parent = "/bench-" + System.nanoTime();
    make(parent);
    List<ConcurrentLinkedQueue<String>> made = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      make(parent + "/p" + i);
      made.add(new ConcurrentLinkedQueue<>());
    }
    for (ZooKeeper session : sessions) catchUp(session);
    int count = number("count", 0);
    int each = count / sessions.size();

    Latencies latencies = new Latencies(count);
    Mark before = new Mark();
    closedLoop(each, (s, n, done) ->
        sessions.get(s).create(parent + "/p" + s + "/e-", new byte[0],
            ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL,
            (code, p, c, name) -> {
              if (name != null) made.get(s).add(name);
              done.answered(code);
            }, null), latencies);
    report("create-", before, latencies);

    latencies.clear();
    Mark middle = new Mark();
    closedLoop(each, (s, n, done) ->
        sessions.get(s).delete(made.get(s).remove(), -1,
            (code, p, c) -> done.answered(code), null), latencies);
    report("delete-", middle, latencies);
  }

  /** One session, one request at a time: create, set, get and delete of the same znode. */
  private void serial() throws Exception {
    ZooKeeper session = sessions.get(0);
    String parent = "/serial-" + System.nanoTime();
    make(parent);
    int count = number("count", 2000);
    String[] names = {"create", "set", "get", "delete"};
    Latencies[] series = new Latencies[names.length];
    for (int i = 0; i < names.length; i++) series[i] = new Latencies(count + count / 4);
    for (int i = 0; i < count + count / 4; i++) {
      if (i == count / 4) for (Latencies each : series) each.clear();
      String path = parent + "/x" + i;
      long start = System.nanoTime();
      session.create(path, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      long created = System.nanoTime();
      session.setData(path, data, -1);
      long set = System.nanoTime();
      session.getData(path, false, null);
      long got = System.nanoTime();
      session.delete(path, -1);
      long deleted = System.nanoTime();
      series[0].add(created - start);
      series[1].add(set - created);
      series[2].add(got - set);
      series[3].add(deleted - got);
    }
    for (int i = 0; i < names.length; i++) {
      result.put(names[i] + "-p50", series[i].quantile(0.5));
      result.put(names[i] + "-p99", series[i].quantile(0.99));
    }
  }

  /** `count` watchers on one znode over the sessions: from the set to the last one called. */
  private void watch() throws Exception {
    ZooKeeper writer = connect(SESSION_TIMEOUT_MS);
    String path = "/watch-" + System.nanoTime();
    make(path);
    int watchers = number("count", 0);
    int each = watchers / sessions.size();
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < WATCH_ROUNDS + WATCH_WARM_ROUNDS; round++) {
      CountDownLatch left = new CountDownLatch(each * sessions.size());
      CountDownLatch fired = new CountDownLatch(each * sessions.size());
      AtomicLong last = new AtomicLong();
      for (ZooKeeper session : sessions) {
        for (int i = 0; i < each; i++) {
          Watcher watcher = event -> {
            last.accumulateAndGet(System.nanoTime(), Math::max);
            fired.countDown();
          };
          session.getData(path, watcher, (code, p, c, b, s) -> left.countDown(), null);
        }
      }
      left.await();
      Thread.sleep(200);
      long start = System.nanoTime();
      writer.setData(path, new byte[1], -1);
      if (!fired.await(20, TimeUnit.SECONDS)) throw new IOException("watchers were not called");
      if (round >= WATCH_WARM_ROUNDS) times.add((last.get() - start) / 1e6);
    }
    writer.close();
    Collections.sort(times);
    result.put("last", times.get(times.size() / 2));
    result.put("fastest", times.get(0));
    result.put("slowest", times.get(times.size() - 1));
  }

  /** Creates `count` persistent znodes below a hundred parents. */
  private void fill() throws Exception {
    make("/fill");
    for (int i = 0; i < FILL_PARENTS; i++) make("/fill/p" + i);
    for (ZooKeeper session : sessions) catchUp(session);
    int count = number("count", 0);
    Latencies latencies = new Latencies(count);
    Mark before = new Mark();
    closedLoop(count / sessions.size(), (s, n, done) -> {
      int k = n * sessions.size() + s;
      sessions.get(s).create("/fill/p" + k % FILL_PARENTS + "/n" + k, data,
          ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT,
          (code, p, c, name) -> done.answered(code), null);
    }, latencies);
    report("", before, latencies);
  }

  /**
   * Prints READY, waits for a line on standard input (the server is being started now), and ends
   * with the first successful write. Started beforehand so that its own start is not counted.
   */
  private void firstWrite() throws Exception {
    System.out.println("READY");
    new BufferedReader(new InputStreamReader(System.in)).readLine();
    long start = System.nanoTime();
    while (!accepts(number("port", 0))) Thread.sleep(5);
    while (true) {
      CountDownLatch connected = new CountDownLatch(1);
      ZooKeeper session = open(10_000, connected);
      try {
        if (connected.await(300, TimeUnit.MILLISECONDS)) {
          write(session, "/first", new byte[1]);
          result.put("first", (System.nanoTime() - start) / 1e6);
          return;
        }
      } catch (KeeperException notYet) {
        Thread.sleep(5);
      } finally {
        session.close();
      }
    }
  }

  private boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private interface Request {
    void send(int session, int number, Answered done);
  }

  private interface Answered {
    void answered(int code);
  }

  /** Each session sends `each` requests and keeps `outstanding` of them under way. */
  private void closedLoop(int each, Request request, Latencies latencies) throws Exception {
    int outstanding = number("outstanding", 1);
    Semaphore finished = new Semaphore(0);
    for (int s = 0; s < sessions.size(); s++) {
      final int session = s;
      AtomicInteger next = new AtomicInteger();
      for (int i = 0; i < outstanding; i++) {
        new Runnable() {
          public void run() {
            int number = next.getAndIncrement();
            if (number >= each) {
              finished.release();
              return;
            }
            long sentAt = System.nanoTime();
            request.send(session, number, code -> {
              if (code != 0) errors.incrementAndGet();
              latencies.add(System.nanoTime() - sentAt);
              run();
            });
          }
        }.run();
      }
    }
    finished.acquire(sessions.size() * outstanding);
  }

  /** Every key of the load exists, with data of the right size. */
  private void populate() throws Exception {
    write(sessions.get(0), "/bench", new byte[0]);
    for (int k = 0; k < KEYS; k++) {
      String path = key(k);
      if (sessions.get(0).exists(path, false) == null) make(path);
    }
    for (int k = 0; k < KEYS; k++) {
      sessions.get(k % sessions.size()).setData(key(k), data, -1, (code, p, c, s) -> { }, null);
    }
    for (ZooKeeper session : sessions) catchUp(session);
  }

  private static String key(int k) {
    return String.format("/bench/k%03d", k);
  }

  private void make(String path) throws Exception {
    write(sessions.get(0), path, new byte[0]);
  }

  private static void write(ZooKeeper session, String path, byte[] bytes) throws Exception {
    try {
      session.create(path, bytes, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    } catch (KeeperException.NodeExistsException exists) {
      session.setData(path, bytes, -1);
    }
  }

  private static void catchUp(ZooKeeper session) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    session.sync("/", (code, path, context) -> done.countDown(), null);
    done.await();
  }

  private ZooKeeper connect(int timeoutMs) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper session = open(timeoutMs, connected);
    if (!connected.await(30, TimeUnit.SECONDS)) throw new IOException("no connection");
    return session;
  }

  private ZooKeeper open(int timeoutMs, CountDownLatch connected) throws IOException {
    return new ZooKeeper("127.0.0.1:" + job.get("port"), timeoutMs, event -> {
      if (event.getState() == Watcher.Event.KeeperState.SyncConnected) connected.countDown();
    });
  }

  private void report(String prefix, Mark before, Latencies latencies) {
    Mark now = new Mark();
    double seconds = (now.at - before.at) / 1e9;
    long answers = latencies.count();
    result.put(prefix + "rate", answers / seconds);
    result.put(prefix + "seconds", seconds);
    result.put(prefix + "cpu", (now.serverCpu - before.serverCpu) * 1e6 / answers);
    result.put(prefix + "client-cpu", (now.ownCpu - before.ownCpu) * 1e6 / answers);
    result.put(prefix + "p50", latencies.quantile(0.5));
    result.put(prefix + "p99", latencies.quantile(0.99));
  }

  private void print() {
    StringBuilder line = new StringBuilder("{");
    result.forEach((name, value) -> line.append(String.format("\"%s\":%.4f,", name, value)));
    System.out.println(line.append("\"errors\":").append(errors.get()).append('}'));
  }

  /** The clock and the CPU of the server and of this process at one moment. */
  private final class Mark {
    final double serverCpu = cpuSeconds(job.get("pid"));
    final double ownCpu = cpuSeconds("self");
    final long at = System.nanoTime();
  }

  private static double cpuSeconds(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Latencies in nanoseconds; filled by every client's thread at the same time. */
  private static final class Latencies {
    private final long[] values;
    private final AtomicInteger count = new AtomicInteger();

    Latencies(int capacity) {
      values = new long[Math.max(1, capacity)];
    }

    void add(long nanoseconds) {
      int at = count.getAndIncrement();
      if (at < values.length) values[at] = nanoseconds;
    }

    void clear() {
      count.set(0);
    }

    int count() {
      return count.get();
    }

    /** Milliseconds. */
    double quantile(double fraction) {
      int size = Math.min(count.get(), values.length);
      if (size == 0) return 0;
      long[] sorted = Arrays.copyOf(values, size);
      Arrays.sort(sorted);
      return sorted[Math.min(size - 1, (int) (size * fraction))] / 1e6;
    }
  }
}
