/**
 * What a seed is about: how many members, which kinds of trouble, and how much of each. Most seeds
 * have one to three kinds, some have all, some none, because much trouble of one kind hides what
 * a little of another would show (swarm testing).
 */
import type { MemberId, Members } from '../../raftlog/types.ts';
import type { Random } from './random.ts';

/** The unit of time of a core, virtual milliseconds, by a clock that is right. */
export const TICK_MS = 50;

export const TROUBLES = [
  'loss',
  'duplication',
  'replay',
  'delay',
  'reorder',
  'clog',
  'partition',
  'reset',
  'crash',
  'lostWrites',
  'pause',
  'drift',
  'slowDisk',
  'failingSync',
  'lostDisk',
  'damage',
  'snapshots',
  'smallWindows',
  'rollover',
  'membership',
  'transfer',
] as const;

/** Drawn by themselves, so that they change nothing of what else a seed is about. */
const MORE_TROUBLES = ['fullDisk', 'rot'] as const;

export type Trouble = (typeof TROUBLES)[number] | (typeof MORE_TROUBLES)[number];

export interface Swarm {
  readonly troubles: ReadonlySet<Trouble>;
  /** What the ensemble begins with. */
  readonly members: Members;
  /** Further members that may join. */
  readonly spares: readonly MemberId[];
  readonly core: {
    readonly heartbeatTicks: number;
    readonly electionTicks: number;
    readonly counterMax?: number;
    readonly appendBytes?: number;
    readonly appendWindow?: number;
    readonly keptBytes?: number;
  };
  readonly network: {
    readonly lossRate: number;
    readonly duplicationRate: number;
    readonly reorderRate: number;
    readonly minDelay: number;
    readonly meanDelay: number;
    /** A dead process's channels are reset at once, as those of a machine without power are not. */
    readonly resetOnDeath: boolean;
  };
  readonly disk: {
    readonly minLatency: number;
    readonly meanLatency: number;
    readonly failureRate: number;
    /** A crash loses what was not synced; otherwise all of it happens to survive. */
    readonly losesUnsynced: boolean;
    /** Entries applied since the last fold until the next one. */
    readonly foldEvery: number;
    /** Entries kept in the log behind the tables. */
    readonly keptEntries: number;
  };
  /** How far a clock may be off, as a part of its rate. */
  readonly drift: number;
  /** Mean time between two troubles, and how long one lasts, in election timeouts. */
  readonly troubleEvery: number;
  readonly troubleLasts: number;
  /** Mean time between two requests of clients, ms, and how many come at once. */
  readonly requestEvery: number;
  readonly burst: number;
  /** The part of requests that are reads. */
  readonly readShare: number;
  /** How often a member waits for more input before it works off what came in. */
  readonly batchRate: number;
  /** In the end a minority stays away. */
  readonly healsAll: boolean;
}

/** Troubles that do nothing without another one. */
const NEEDS: Partial<Record<Trouble, Trouble>> = {
  lostWrites: 'crash',
  lostDisk: 'crash',
  damage: 'crash',
};

function drawTroubles(random: Random): Set<Trouble> {
  const mode = random.next();
  if (mode < 0.04) return new Set();
  if (mode < 0.16) return new Set([...TROUBLES, ...MORE_TROUBLES]);
  const count = mode < 0.75 ? random.between(1, 3) : random.between(4, 9);
  const chosen = new Set<Trouble>(random.shuffled(TROUBLES).slice(0, count));
  drawMoreTroubles(random, chosen);
  for (const trouble of [...chosen]) {
    const needed = NEEDS[trouble];
    if (needed !== undefined) chosen.add(needed);
  }
  return chosen;
}

/** Troubles of disks that both worlds have. */
export function drawMoreTroubles(random: Random, chosen: Set<Trouble>): void {
  const more = random.fork('more');
  if (more.chance(0.1)) chosen.add('fullDisk');
  if (more.chance(0.1)) chosen.add('rot').add('crash');
}

function range(from: number, count: number): MemberId[] {
  return Array.from({ length: count }, (_, at) => from + at);
}

export function drawSwarm(random: Random): Swarm {
  const troubles = drawTroubles(random);
  const has = (trouble: Trouble) => troubles.has(trouble);
  const voters = random.pick([1, 3, 3, 3, 3, 5, 5]);
  const observers = random.pick([0, 0, 0, 1, 2]);
  const spares = has('membership') ? random.between(1, 2) : 0;
  const core = drawCore(random, has);
  // A few entries a message: more requests than that can carry would only pile up.
  const slow = (core.appendBytes ?? 1000) < 1000 || (core.appendWindow ?? 32) <= 2;
  return {
    troubles,
    members: { voters: range(1, voters), observers: range(voters + 1, observers) },
    spares: range(voters + observers + 1, spares),
    core,
    network: {
      lossRate: has('loss') ? random.within(0.005, 0.3) : 0,
      duplicationRate: has('duplication') ? random.within(0.01, 0.5) : 0,
      reorderRate: has('reorder') ? random.within(0.05, 0.5) : 0,
      minDelay: random.within(0, has('delay') ? 30 : 2),
      meanDelay: has('delay') ? random.within(10, 150) : random.within(0.5, 10),
      resetOnDeath: random.chance(0.5),
    },
    disk: {
      minLatency: 1,
      meanLatency: has('slowDisk') ? random.within(20, 400) : random.within(1, 15),
      failureRate: has('failingSync') ? random.within(0.001, 0.02) : 0,
      losesUnsynced: has('lostWrites'),
      foldEvery: has('snapshots') ? random.between(5, 200) : 1_000_000,
      keptEntries: has('snapshots') ? random.pick([0, 0, 3, 20, 100]) : 1_000_000,
    },
    drift: has('drift') ? random.within(0.02, 0.2) : 0,
    troubleEvery: random.within(0.5, 5),
    troubleLasts: random.within(0.3, 5),
    requestEvery: random.pick(slow ? [60, 150] : [10, 30, 60, 150]),
    burst: random.pick(slow ? [1, 4] : [1, 1, 4, 16, 64]),
    readShare: random.pick([0.1, 0.3, 0.6]),
    batchRate: random.pick([0, 0.3, 0.7]),
    healsAll: random.chance(0.8),
  };
}

function drawCore(random: Random, has: (trouble: Trouble) => boolean): Swarm['core'] {
  const small = has('smallWindows');
  return {
    electionTicks: random.between(10, 20),
    heartbeatTicks: random.between(1, 3),
    ...(has('rollover') ? { counterMax: random.between(3, 60) } : {}),
    ...(small ? { appendBytes: random.pick([1, 250, 1000]) } : {}),
    ...(small ? { appendWindow: random.pick([1, 2, 4, 8]) } : {}),
    // What is not in memory any more is read from the disk, and what is not there is a snapshot.
    ...(small || has('snapshots') ? { keptBytes: random.pick([0, 300, 2000, 100_000]) } : {}),
  };
}

export function describeSwarm(swarm: Swarm): string {
  const { members, spares, core, troubles } = swarm;
  const all = [...troubles].join(' ') || 'no trouble';
  const spare = spares.length === 0 ? '' : ` spares ${spares}`;
  const observers = members.observers.length === 0 ? '' : ` observers ${members.observers}`;
  return `voters ${members.voters}${observers}${spare} | ${all} | ${JSON.stringify(core)}`;
}
