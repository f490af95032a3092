/**
 * Three voters and an observer, clients of all of them over HTTP and WebSocket, and rounds of
 * trouble: the leader is paused, killed, or cut off from the rest. In each the observer is left
 * behind first, so that a plain read is certain to be stale.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { Network } from '../chaos/network.ts';
import { randomFrom } from '../crash/random.ts';
import { startEnsemble } from '../ensemble/setup.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { type Door, HttpDoor, WsDoor } from './doors.ts';
import { FRESH, Recorder } from './recorder.ts';
import type { RegisterOperation } from './register.ts';

const PATHS = ['/red', '/green', '/blue', '/grey'];

/** A read that is stale for certain. */
export interface Provoked {
  readonly path: string;
  readonly transport: Door['transport'];
  readonly round: string;
  readonly read: RegisterOperation;
}

/** To one member, for requests beside those of its steady clients. */
type Doors = readonly [HttpDoor, WsDoor];

export class Scene {
  readonly recorder: Recorder;
  readonly provoked: Provoked[] = [];
  readonly #ensemble: Ensemble;
  readonly #network: Network;
  readonly #doors = new Map<EnsembleMember, Doors>();
  readonly #clients: Door[] = [];
  #steady: Promise<void>[] = [];

  private constructor(ensemble: Ensemble, network: Network, seed: number) {
    this.#ensemble = ensemble;
    this.#network = network;
    this.recorder = new Recorder(PATHS, randomFrom(seed));
  }

  /** `env`: of each member's process, beside what this one has. */
  static async start(
    t: Test,
    seed: number,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Scene> {
    let network: Network | undefined;
    const ensemble = await startEnsemble(t, { observers: 1 }, async (prepared) => {
      for (const member of prepared.members) member.env = env;
      const built = await Network.between(prepared);
      t.teardown(() => built.close());
      network = built;
    });
    const scene = new Scene(ensemble, network as unknown as Network, seed);
    t.teardown(() => {
      for (const door of scene.#clients) door.close();
    });
    scene.#begin();
    await ensemble.until('there is enough to go on', async () => scene.recorder.done > 10);
    return scene;
  }

  #begin(): void {
    const { recorder } = this;
    for (const member of this.#ensemble.members) {
      const doors: Doors = [this.#http(member), this.#ws(member)];
      this.#doors.set(member, doors);
      this.#steady.push(
        recorder.keepWriting(this.#http(member)),
        recorder.keepWriting(this.#ws(member)),
        recorder.keepReading(this.#http(member), FRESH),
        recorder.keepReading(this.#ws(member), FRESH),
        recorder.keepReading(this.#http(member), ['plain']),
      );
    }
  }

  /** Resolves when nothing is under way any more. */
  async end(): Promise<void> {
    await this.#ensemble.whole();
    this.recorder.stop();
    await Promise.all(this.#steady);
    this.#steady = [];
  }

  /** The leader sleeps while the others go on, and is asked before it can know of that. */
  async pause(): Promise<void> {
    const leader = await this.#leaveObserverBehind('paused');
    leader.pause();
    await this.#writeAll(await this.#other(leader));
    const asked = this.#askForAll(leader);
    // They have reached its sockets before it runs again.
    await sleep(100);
    leader.resume();
    await Promise.all([...asked.fresh, ...asked.plain]);
    await this.#ensemble.whole();
  }

  /** The same, but what it could learn of that does not reach it: it believes to lead on. */
  async wakeAlone(): Promise<void> {
    const leader = await this.#leaveObserverBehind('asleep and then alone');
    await this.#seed(leader);
    leader.pause();
    this.#network.silence(leader, this.#ensemble.others(leader));
    this.recorder.quiet = false;
    await this.#writeAll(await this.#other(leader));
    const asked = this.#askForAll(leader);
    await sleep(100);
    leader.resume();
    this.#stale('read at a leader that wakes up alone', await Promise.all(asked.plain));
    this.#network.heal();
    await Promise.all(asked.fresh);
    await this.#ensemble.whole();
  }

  async kill(): Promise<void> {
    const leader = await this.#leaveObserverBehind('killed');
    await leader.kill();
    await this.#writeAll(await this.#other(leader));
    await leader.start();
    await this.#ensemble.whole();
  }

  /** The leader and all others hear nothing of each other; both sides have their clients. */
  async part(): Promise<void> {
    const leader = await this.#leaveObserverBehind('cut off');
    await this.#seed(leader);
    this.#network.silence(leader, this.#ensemble.others(leader));
    this.recorder.quiet = false;
    // At once, while it has no reason to doubt.
    const early = this.#askForAll(leader);
    await this.#writeAll(await this.#other(leader));
    const late = this.#askForAll(leader);
    this.#stale('read at a leader that is cut off', await Promise.all(late.plain));
    this.#network.heal();
    await Promise.all([...early.fresh, ...late.fresh]);
    await this.#ensemble.whole();
  }

  /** What it shows is acknowledged, and so is what came later, elsewhere. */
  async #leaveObserverBehind(round: string): Promise<EnsembleMember> {
    const observer = this.#ensemble.members.find(({ votes }) => !votes);
    if (observer === undefined) throw new Error('there is no observer');
    const leader = await this.#ensemble.whole();
    await this.#seed(observer);
    this.#network.silence(observer, this.#ensemble.others(observer));
    this.recorder.quiet = false;
    await this.#writeAll(leader);
    const { plain, fresh } = this.#askForAll(observer);
    this.#stale(`an observer left behind, and a leader ${round}`, await Promise.all(plain));
    this.#network.heal();
    await Promise.all(fresh);
    return await this.#ensemble.whole();
  }

  /** All that `member` shows is what was acknowledged, and nothing else is under way: `quiet`. */
  async #seed(member: EnsembleMember): Promise<void> {
    const { recorder } = this;
    recorder.quiet = true;
    await this.#ensemble.until('no write is under way', async () => recorder.writing === 0);
    await this.#writeAll(member);
  }

  /** Each znode is set, and that is acknowledged. */
  async #writeAll(member: EnsembleMember): Promise<void> {
    const [http, ws] = this.#doorsTo(member);
    for (const [at, path] of PATHS.entries()) {
      const door = at % 2 === 0 ? http : ws;
      await this.#ensemble.until(`${path} is written`, () => this.recorder.set(door, path));
    }
  }

  /** Every way to read, of every znode, over both transports, all at once. */
  #askForAll(member: EnsembleMember) {
    const plain: Promise<Omit<Provoked, 'round'> | undefined>[] = [];
    const fresh: Promise<unknown>[] = [];
    for (const path of PATHS) {
      for (const door of this.#doorsTo(member)) {
        // A connection that was idle for long may be closed by a member that wakes, unheard.
        const fit = door.transport === 'HTTP' ? this.#http(member) : door;
        const read = this.recorder.read(fit, path, 'plain').finally(() => {
          if (fit !== door) fit.close();
        });
        plain.push(read.then((one) => one && { path, transport: door.transport, read: one }));
        for (const wish of FRESH) {
          const own = door.transport === 'HTTP' ? this.#http(member) : this.#ws(member);
          fresh.push(this.recorder.read(own, path, wish).finally(() => own.close()));
        }
      }
    }
    return { plain, fresh };
  }

  #stale(round: string, reads: readonly (Omit<Provoked, 'round'> | undefined)[]): void {
    for (const read of reads) if (read !== undefined) this.provoked.push({ ...read, round });
  }

  /** Somebody who runs beside the leader, once there is another leader. */
  async #other(former: EnsembleMember): Promise<EnsembleMember> {
    const { members } = this.#ensemble;
    const rest = members.filter((member) => member !== former && member.votes && member.running);
    let found: EnsembleMember | undefined;
    await this.#ensemble.until('another one leads', async () => {
      const statuses = await Promise.all(rest.map((member) => member.status()));
      found = rest.find((_, at) => statuses[at]?.role === 'leading' && statuses[at].ready);
      return found !== undefined;
    });
    return rest.find((member) => member !== found) ?? (found as EnsembleMember);
  }

  #doorsTo(member: EnsembleMember): Doors {
    const doors = this.#doors.get(member);
    if (doors === undefined) throw new Error(`nobody knows member ${member.id}`);
    return doors;
  }

  #http(member: EnsembleMember): HttpDoor {
    const door = new HttpDoor(member);
    this.#clients.push(door);
    return door;
  }

  #ws(member: EnsembleMember): WsDoor {
    const door = new WsDoor(member);
    this.#clients.push(door);
    return door;
  }
}
