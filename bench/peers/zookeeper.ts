/**
 * ZooKeeper from Debian's packages, standalone, fsync on (its default), loaded by `ZkBench.java`
 * on its own asynchronous client.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  diskBytes,
  freePort,
  lastJson,
  lineOf,
  metric,
  residentBytes,
  run,
  sleep,
  start,
  stop,
} from '../process.ts';
import {
  CREATE_COUNT,
  LOAD_OUTSTANDING,
  LOAD_SESSIONS,
  type Metrics,
  SERIAL_COUNT,
  type Settings,
  type System,
  WATCH_SESSIONS,
  WATCHERS,
} from '../systems.ts';

const JAVA = '/usr/bin/java';
const LIBRARIES = [
  '/usr/share/java/zookeeper.jar',
  '/usr/share/java/zookeeper-jute.jar',
  '/usr/share/java/netty-all.jar',
];
const SERVER_CLASSES = [...LIBRARIES, '/usr/share/java/slf4j-simple.jar'].join(':');
const CLIENT_CLASSES = [...LIBRARIES, '/usr/share/java/slf4j-nop.jar'].join(':');
const SOURCE = fileURLToPath(new URL('ZkBench.java', import.meta.url));
const LOAD_HEAP = '-Xmx1000m';
/** A million znodes do not fit in less with room to collect garbage. */
const FULL_TREE_HEAP = '-Xmx3g';
const QUICK_MS = 120_000;
const FULL_TREE_MS = 600_000;

interface Server {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly directory: string;
}

export class ZooKeeper implements System {
  readonly name = 'zookeeper';
  readonly measurements: Readonly<Record<string, () => Promise<Metrics>>>;
  readonly #settings: Settings;
  readonly #classes: string;
  #compiled = false;
  #shared: Server | undefined;
  #serversStarted = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#classes = join(settings.directory, 'zkbench');
    const { znodes } = settings;
    this.measurements = {
      'set-1k': () => this.#load({ size: 1024 }),
      'set-100b': () => this.#load({ size: 100 }),
      'get-1k': () => this.#load({ size: 1024, readPercent: 100 }),
      'mixed-1k': () => this.#load({ size: 1024, readPercent: 50 }),
      'create-delete': () => this.#onShared('create-delete', { count: CREATE_COUNT }),
      'serial-1k': () => this.#onShared('serial', { sessions: 1, size: 1024, count: SERIAL_COUNT }),
      watchers: () => this.#onShared('watch', { sessions: WATCH_SESSIONS, count: WATCHERS }),
      start: () => this.#firstWrite(),
      'full-tree': () => this.#fullTree(znodes),
    };
  }

  async stop(): Promise<void> {
    if (this.#shared !== undefined) await stop(this.#shared.child);
    this.#shared = undefined;
  }

  #load(shape: Record<string, number>): Promise<Metrics> {
    return this.#onShared('load', {
      warmMs: this.#settings.warmSeconds * 1000,
      measureMs: this.#settings.seconds * 1000,
      ...shape,
    });
  }

  async #onShared(mode: string, shape: Record<string, number>): Promise<Metrics> {
    this.#shared ??= await this.#startServer(LOAD_HEAP);
    return await this.#client(this.#shared, mode, shape, QUICK_MS);
  }

  async #client(
    server: Server,
    mode: string,
    shape: Record<string, number>,
    timeoutMs: number,
  ): Promise<Metrics> {
    const job = {
      port: server.port,
      pid: server.pid,
      sessions: LOAD_SESSIONS,
      outstanding: LOAD_OUTSTANDING,
      ...shape,
    };
    return lastJson(await run(JAVA, await this.#clientArgs(mode, job), timeoutMs));
  }

  async #clientArgs(mode: string, job: Record<string, number>): Promise<string[]> {
    if (!this.#compiled) {
      mkdirSync(this.#classes, { recursive: true });
      const args = ['-nowarn', '-cp', CLIENT_CLASSES, '-d', this.#classes, SOURCE];
      await run('/usr/bin/javac', args, QUICK_MS);
      this.#compiled = true;
    }
    const pairs = Object.entries(job).map(([name, value]) => `${name}=${value}`);
    const classPath = `${this.#classes}:${CLIENT_CLASSES}`;
    return ['-Xmx2g', '-XX:+UseParallelGC', '-cp', classPath, 'ZkBench', `mode=${mode}`, ...pairs];
  }

  /** Milliseconds from starting the server on an empty directory, or again, to a first write. */
  async #timedStart(begin: () => Promise<Server>, port: number): Promise<[Server, number]> {
    const client = start(JAVA, await this.#clientArgs('first', { port }));
    await lineOf(client, 'READY', QUICK_MS);
    let output = '';
    client.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    const ended = new Promise((resolve) => client.once('close', resolve));
    client.stdin?.write('start\n');
    const server = await begin();
    await ended;
    return [server, metric(lastJson(output), 'first')];
  }

  async #firstWrite(): Promise<Metrics> {
    const port = await freePort();
    const [server, first] = await this.#timedStart(
      () => this.#startServer(LOAD_HEAP, port, false),
      port,
    );
    await stop(server.child);
    rmSync(server.directory, { recursive: true, force: true });
    return { first };
  }

  async #fullTree(znodes: number): Promise<Metrics> {
    const server = await this.#startServer(FULL_TREE_HEAP);
    const shape = { size: 100, count: znodes, sessions: 8, outstanding: 128 };
    const loaded = await this.#client(server, 'fill', shape, FULL_TREE_MS);
    await sleep(1000);
    const rss = residentBytes(server.pid);
    const disk = diskBytes(server.directory);
    await stop(server.child);
    const { port, directory } = server;
    const [again, restart] = await this.#timedStart(
      () => Promise.resolve(this.#launch(FULL_TREE_HEAP, port, directory)),
      port,
    );
    await sleep(1000);
    const rssAfterRestart = residentBytes(again.pid);
    await stop(again.child);
    rmSync(directory, { recursive: true, force: true });
    return {
      rate: metric(loaded, 'rate'),
      load: metric(loaded, 'seconds') * 1000,
      rss,
      disk,
      restart,
      'rss-after-restart': rssAfterRestart,
      errors: metric(loaded, 'errors'),
    };
  }

  async #startServer(heap: string, givenPort?: number, wait = true): Promise<Server> {
    const port = givenPort ?? (await freePort());
    this.#serversStarted += 1;
    const directory = join(this.#settings.directory, `zookeeper-${this.#serversStarted}`);
    mkdirSync(directory, { recursive: true });
    const config = [
      'tickTime=2000',
      `dataDir=${directory}/data`,
      `clientPort=${port}`,
      'clientPortAddress=127.0.0.1',
      'maxClientCnxns=0',
      'admin.enableServer=false',
    ];
    writeFileSync(join(directory, 'zoo.cfg'), `${config.join('\n')}\n`);
    const server = this.#launch(heap, port, directory);
    if (wait) await this.#accepts(server);
    return server;
  }

  #launch(heap: string, port: number, directory: string): Server {
    const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
    const log = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
    const args = [heap, log, '-cp', SERVER_CLASSES, main, join(directory, 'zoo.cfg')];
    const child = start(JAVA, args, { logFile: join(directory, 'log') });
    return { child, pid: child.pid ?? 0, port, directory };
  }

  /** Waits until the server serves: a client that writes is the only answer that counts. */
  async #accepts(server: Server): Promise<void> {
    const client = await run(
      JAVA,
      await this.#clientArgs('first', { port: server.port }),
      QUICK_MS,
    ).catch((error: unknown) => error);
    if (client instanceof Error) throw client;
  }
}
