/** What a seed of the world of whole members is about. */
import type { MemberId, Members } from '../../../raftlog/types.ts';
import type { Limits } from '../../../server/limits.ts';
import { KEY_LIFE_MS } from '../../../storage/tree/repeats.ts';
import type { Random } from '../random.ts';
import { drawMoreTroubles, type Trouble } from '../swarm.ts';

/** The shortest patience of a member of production, in ticks of 50 ms. */
export const ELECTION_TICKS = 20;

/** Those kinds of trouble that streams between processes, disks and machines really have. */
const TROUBLES = [
  ...(['delay', 'clog', 'partition', 'reset', 'crash', 'lostWrites', 'pause', 'drift'] as const),
  ...(['slowDisk', 'failingSync', 'lostDisk', 'damage', 'snapshots', 'transfer'] as const),
] satisfies readonly Trouble[];

export interface MembersSwarm {
  readonly troubles: ReadonlySet<Trouble>;
  readonly members: Members;
  readonly core: {
    readonly electionTicks: number;
    /** What is not in memory any more is read from the disk; what is not there is a snapshot. */
    readonly keptBytes?: number;
  };
  readonly network: {
    readonly minDelay: number;
    readonly meanDelay: number;
    /** The streams of a dead process end at once, as those of a machine without power do not. */
    readonly resetOnDeath: boolean;
  };
  readonly disk: {
    readonly minLatency: number;
    readonly meanLatency: number;
    readonly failureRate: number;
    readonly losesUnsynced: boolean;
    readonly foldEntries: number;
    readonly historyEntries: number;
    readonly chunkBytes: number;
  };
  /** Those of production, but for these. */
  readonly limits: Partial<Limits>;
  /** How long answers to keys are kept at least, ms. */
  readonly keyLifeMs: number;
  /** Bytes of history in memory. */
  readonly historyBytes: number;
  /** How far a monotonic clock may be off, as a part of its rate; a wall clock, ms. */
  readonly drift: number;
  readonly skew: number;
  readonly troubleEvery: number;
  readonly troubleLasts: number;
  /** How often a turn of the event loop takes a while. */
  readonly busyRate: number;
  readonly clients: ClientsSwarm;
}

export interface ClientsSwarm {
  readonly count: number;
  /** Without a session: a request each, at any member. */
  readonly plain: number;
  /** Mean time between two bursts of a client, ms. */
  readonly thinkMs: number;
  readonly burst: number;
  readonly readShare: number;
  readonly watchShare: number;
  /** Of a hundred bursts: moves to another member, is cut off, closes, falls silent for ever. */
  readonly moves: number;
  readonly breaks: number;
  readonly closes: number;
  readonly dies: number;
  readonly minTimeout: number;
  readonly maxTimeout: number;
  /** Znodes that all of them write. */
  readonly names: number;
  readonly minDelay: number;
  readonly meanDelay: number;
  /** They leave their one-shot watches again on the next connection. */
  readonly rewatches: boolean;
  /** When they move, their former connection stays open. */
  readonly lingers: boolean;
  /**
   * At times they do not show what they have seen, and move as soon as their session is open; they
   * watch nothing. A member that has slept hears of them before it hears of the others.
   */
  readonly forgets: boolean;
  /** Those that send each write under a name, until they know what it came to: by ids, by keys. */
  readonly named: {
    readonly byId: number;
    readonly byKey: number;
    /** Some have so many operations that a session's answers are soon forgotten. */
    readonly large: boolean;
  };
}

function drawTroubles(random: Random): Set<Trouble> {
  const mode = random.next();
  if (mode < 0.06) return new Set();
  if (mode < 0.16) return new Set<Trouble>([...TROUBLES, 'fullDisk', 'rot']);
  const count = mode < 0.75 ? random.between(1, 3) : random.between(4, 8);
  const chosen = new Set<Trouble>(random.shuffled(TROUBLES).slice(0, count));
  const lost = ['lostWrites', 'lostDisk', 'damage'] as const;
  if (lost.some((trouble) => chosen.has(trouble))) chosen.add('crash');
  drawMoreTroubles(random, chosen);
  const away = random.fork('away');
  if (away.chance(0.3)) chosen.add('snapshots');
  // A log that is trimmed at once is no trouble to those who are never behind.
  if (chosen.has('snapshots')) chosen.add(away.pick(['pause', 'partition', 'clog', 'crash']));
  return chosen;
}

function range(from: number, count: number): MemberId[] {
  return Array.from({ length: count }, (_, at) => from + at);
}

export function drawMembersSwarm(random: Random): MembersSwarm {
  const troubles = drawTroubles(random);
  const has = (trouble: Trouble) => troubles.has(trouble);
  const voters = random.pick([1, 3, 3, 3, 3, 5]);
  const observers = random.pick([0, 0, 0, 0, 1]);
  const far = random.fork('far behind');
  return {
    troubles,
    members: { voters: range(1, voters), observers: range(voters + 1, observers) },
    core: {
      electionTicks: ELECTION_TICKS,
      ...(has('snapshots') ? { keptBytes: far.pick([0, 0, 300, 3000]) } : {}),
    },
    network: {
      minDelay: random.within(0.05, has('delay') ? 20 : 1),
      meanDelay: has('delay') ? random.within(10, 100) : random.within(0.2, 5),
      resetOnDeath: random.chance(0.6),
    },
    disk: {
      minLatency: 0.5,
      meanLatency: has('slowDisk') ? random.within(20, 300) : random.within(0.5, 10),
      failureRate: has('failingSync') ? random.within(0.0005, 0.01) : 0,
      losesUnsynced: has('lostWrites'),
      foldEntries: has('snapshots') ? far.pick([3, 10, 30, 60]) : random.pick([50, 1000]),
      historyEntries: has('snapshots') ? far.pick([0, 0, 3, 20]) : 1_000_000,
      chunkBytes: random.pick([200, 2000, 100_000]),
    },
    limits: drawLimits(random.fork('limits')),
    keyLifeMs: random.fork('life of keys').pick([200, 1000, 3000, KEY_LIFE_MS]),
    historyBytes: random.pick([300, 3000, 30_000, 10_000_000]),
    drift: has('drift') ? random.within(0.01, 0.08) : 0,
    skew: random.pick([0, 0, 50, 5000]),
    troubleEvery: random.within(0.5, 4),
    troubleLasts: random.within(0.3, 4),
    busyRate: random.pick([0, 0, 0.2]),
    clients: {
      ...drawClients(random),
      named: drawNamed(random.fork('answers of clients')),
      lingers: random.fork('connections left open').chance(0.3),
      ...drawForgetful(random.fork('sessions unseen')),
      rewatches: random.fork('watches left again').chance(0.4),
    },
  };
}

function drawForgetful(random: Random): Partial<ClientsSwarm> & Pick<ClientsSwarm, 'forgets'> {
  return random.chance(0.25) ? { forgets: true, watchShare: 0 } : { forgets: false };
}

function drawLimits(random: Random): Partial<Limits> {
  return {
    ...(random.chance(0.15) ? { inFlightWrites: random.pick([3, 10, 30]) } : {}),
    ...(random.chance(0.15) ? { watches: random.pick([2, 5, 15]) } : {}),
    ...(random.chance(0.15) ? { idempotencyKeys: random.pick([5, 20, 60]) } : {}),
    ...(random.chance(0.15) ? { exactlyOnceBytes: random.pick([800, 2000, 6000]) } : {}),
  };
}

/** In most seeds there are none: regressions.json and found.json have such as keep their course. */
function drawNamed(random: Random): ClientsSwarm['named'] {
  if (!random.chance(0.35)) return { byId: 0, byKey: 0, large: false };
  const byId = random.between(0, 2);
  const byKey = byId === 0 ? random.between(1, 2) : random.between(0, 2);
  return { byId, byKey, large: random.chance(0.3) };
}

function drawClients(
  random: Random,
): Omit<ClientsSwarm, 'named' | 'rewatches' | 'lingers' | 'forgets'> {
  const minTimeout = random.pick([1000, 1000, 2000]);
  return {
    count: random.between(2, 6),
    plain: random.between(0, 2),
    thinkMs: random.pick([15, 40, 120, 300]),
    burst: random.pick([1, 3, 8, 20]),
    readShare: random.pick([0.2, 0.4, 0.6]),
    watchShare: random.pick([0, 0.1, 0.25]),
    moves: random.pick([0, 1, 4]),
    breaks: random.pick([0, 1, 5]),
    closes: random.pick([0, 0.5, 2]),
    dies: random.pick([0, 0.3, 1]),
    minTimeout,
    maxTimeout: minTimeout + random.pick([0, 1000, 4000]),
    names: random.pick([2, 4, 8]),
    minDelay: random.within(0.05, 1),
    meanDelay: random.pick([0.3, 2, 10]),
  };
}

export function describeMembersSwarm(swarm: MembersSwarm): string {
  const { members, troubles, disk, clients, drift, limits, keyLifeMs } = swarm;
  const all = [...troubles].join(' ') || 'no trouble';
  const observers = members.observers.length === 0 ? '' : ` observers ${members.observers}`;
  const details = JSON.stringify({ disk, clients, drift, limits, keyLifeMs });
  return `voters ${members.voters}${observers} | ${all} | ${details}`;
}
