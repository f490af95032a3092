/**
 * What can go wrong with an ensemble, each until it is over: when one has ended every member runs
 * and serves again. A majority keeps its disks; all may lose their processes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import type { Random } from '../sim/random.ts';
import type { Network } from './network.ts';

export interface Place {
  readonly ensemble: Ensemble;
  readonly network: Network;
  readonly random: Random;
  /** Resolves when clients have had some more writes acknowledged. */
  readonly goesOn: () => Promise<void>;
}

/** Shorter than the patience of members, and longer. */
const PAUSE_MS = [200, 6000] as const;
const CUT_MS = [500, 6000] as const;

const leaderOf = ({ ensemble }: Place) => ensemble.leader();

async function followerOf({ ensemble, random }: Place): Promise<EnsembleMember> {
  const followers = await ensemble.followers();
  return followers[random.below(followers.length)] ?? followers[0];
}

async function anyOf(place: Place): Promise<EnsembleMember> {
  return place.random.below(2) === 0 ? await leaderOf(place) : await followerOf(place);
}

async function kill(place: Place, member: EnsembleMember): Promise<void> {
  await member.kill();
  await place.goesOn();
  await member.start();
}

async function pause({ random }: Place, member: EnsembleMember): Promise<void> {
  member.pause();
  await sleep(random.between(...PAUSE_MS));
  member.resume();
}

/** The others go on, unless it is the whole ensemble that is cut into single members. */
async function silence(
  { network, random }: Place,
  member: EnsembleMember,
  others: readonly EnsembleMember[],
): Promise<void> {
  network.silence(member, others);
  await sleep(random.between(...CUT_MS));
  network.heal();
}

type Fault = (place: Place) => Promise<void>;

export const FAULTS = {
  'leader killed': async (place) => kill(place, await leaderOf(place)),
  'follower killed': async (place) => kill(place, await followerOf(place)),
  'all killed': async ({ ensemble }) => {
    await Promise.all(ensemble.members.map((member) => member.kill()));
    await Promise.all(ensemble.members.map((member) => member.start()));
  },
  'leader paused': async (place) => pause(place, await leaderOf(place)),
  'follower paused': async (place) => pause(place, await followerOf(place)),
  restarted: async (place) => {
    const member = await anyOf(place);
    await member.stop();
    await place.goesOn();
    await member.start();
  },
  'disk lost': async (place) => {
    const member = await anyOf(place);
    await member.kill();
    member.loseDisk();
    await place.goesOn();
    await member.start();
  },
  'member cut off': async (place) => {
    const member = await anyOf(place);
    await silence(place, member, place.ensemble.others(member));
  },
  'two cut from each other': async (place) => {
    const member = await leaderOf(place);
    await silence(place, member, [await followerOf(place)]);
  },
  'connections reset': async (place) => {
    const member = await anyOf(place);
    place.network.cut(member, place.ensemble.others(member));
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
