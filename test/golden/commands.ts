/**
 * The words of the stories:
 *
 *   ensemble voters 1,2,3 [observers 4] [election 10] [heartbeat 2] [counterMax 5] ...
 *   start 1 [epoch 3] [vote 2] [log 1.0 1.1 3.0]     a member with that on its disk
 *   tick 1 [x10]      deliver [1>2 [x1]]      drop 1>2       cut 1-2 [1-3 ...]     heal
 *   pass [x10]        time passes for all, and after each tick everything settles
 *   persist 1         settle                  crash 1        restart 1             lose-disk 1
 *   elect 1           it is elected, and nothing was delivered yet of what it says as a leader
 *   lost 1>2          the channel from 1 to 2 broke, and 1 hears of it
 *   propose 1 a b     read 1 7                transfer 1 2   fold 1 [keep 3]       snapshot 2
 *   members 1 voters 1,2 [observers 3]        status         log 1 [2 ...]
 *
 * A line that begins with `quietly` tells nothing; `briefly` tells nothing of the network and of
 * disks, only who turned to what, what was applied and what came of reads.
 */
import type { Entry, HardState, MemberId, Members } from '../../raftlog/types.ts';
import { zxidOf } from '../../raftlog/zxid.ts';
import { Stage } from './stage.ts';

/** What a brief line leaves out: messages, and what goes to a disk. */
const WORK = /^\d+>\d+ |^\d+: to disk /;

export class Story {
  #stage = new Stage({ members: { voters: [1], observers: [] }, core: {} });

  /** Does what the line says; what came of it. */
  run(line: string): string[] {
    const [first = '', ...rest] = line.split(' ');
    const quiet = first === 'quietly';
    const brief = first === 'briefly';
    const [command = '', ...args] = quiet || brief ? rest : [first, ...rest];
    try {
      this.#run(command, args);
    } catch (error) {
      throw new Error(`${line}: ${error}`);
    }
    const all = this.#stage.takeLines();
    if (quiet) return [];
    const lines = brief ? all.filter((told) => !WORK.test(told)) : all;
    return lines.length === 0 ? ['(nothing)'] : lines;
  }

  #run(command: string, args: readonly string[]): void {
    const stage = this.#stage;
    const id = Number(args[0]);
    switch (command) {
      case 'ensemble':
        this.#stage = newStage(args);
        break;
      case 'start':
        start(stage, id, args.slice(1));
        break;
      case 'tick':
        for (let count = times(args[1]); count > 0; count -= 1) stage.input(id, { kind: 'tick' });
        break;
      case 'pass':
        stage.pass(times(args[0]));
        break;
      case 'deliver':
        this.#deliver(args);
        break;
      case 'drop':
        stage.drop(...pair(args[0], '>'));
        break;
      case 'lost': {
        const [member, other] = pair(args[0], '>');
        stage.input(member, { kind: 'peerLost', member: other });
        break;
      }
      case 'cut':
        for (const arg of args) stage.cut(...pair(arg, '-'));
        break;
      case 'propose':
        stage.input(id, { kind: 'propose', payloads: args.slice(1) });
        break;
      case 'read':
        stage.input(id, { kind: 'read', id: Number(args[1]) });
        break;
      case 'transfer':
        stage.input(id, { kind: 'transfer', to: Number(args[1]) });
        break;
      case 'members':
        stage.changeMembers(id, membersOf(args.slice(1)));
        break;
      case 'fold':
        stage.fold(id, Number(valueAfter(args, 'keep') ?? 0));
        break;
      case 'log':
        for (const arg of args) stage.log(Number(arg));
        break;
      default:
        this.#runPlain(command, id);
    }
  }

  #runPlain(command: string, id: MemberId): void {
    const stage = this.#stage;
    const plain: Readonly<Record<string, () => void>> = {
      persist: () => stage.persist(id),
      settle: () => stage.settle(),
      elect: () => stage.elect(id),
      crash: () => stage.crash(id),
      restart: () => stage.start(id),
      'lose-disk': () => stage.loseDisk(id),
      snapshot: () => stage.snapshot(id),
      status: () => stage.status(),
      heal: () => stage.heal(),
    };
    const action = plain[command];
    if (action === undefined) throw new Error(`unknown command: ${command}`);
    action();
  }

  #deliver([link, count]: readonly string[]): void {
    if (link !== undefined) {
      this.#stage.deliver(...pair(link, '>'), count === undefined ? undefined : times(count));
      return;
    }
    for (const from of this.#stage.ids) {
      for (const to of this.#stage.ids) this.#stage.deliver(from, to);
    }
  }
}

function times(arg: string | undefined): number {
  return arg === undefined ? 1 : Number(arg.slice(1));
}

function pair(arg: string | undefined, between: string): [MemberId, MemberId] {
  const [one, other] = (arg ?? '').split(between).map(Number);
  if (one === undefined || other === undefined) throw new Error(`not two members: ${arg}`);
  return [one, other];
}

function valueAfter(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at === -1 ? undefined : args[at + 1];
}

function idsOf(text: string | undefined): MemberId[] {
  return text === undefined ? [] : text.split(',').map(Number);
}

function membersOf(args: readonly string[]): Members {
  return {
    voters: idsOf(valueAfter(args, 'voters')),
    observers: idsOf(valueAfter(args, 'observers')),
  };
}

const CORE_OPTIONS: Readonly<Record<string, string>> = {
  election: 'electionTicks',
  heartbeat: 'heartbeatTicks',
  counterMax: 'counterMax',
  keptBytes: 'keptBytes',
  appendBytes: 'appendBytes',
  appendWindow: 'appendWindow',
};

function newStage(args: readonly string[]): Stage {
  const core = Object.entries(CORE_OPTIONS).flatMap(([name, option]) => {
    const value = valueAfter(args, name);
    return value === undefined ? [] : [[option, Number(value)]];
  });
  return new Stage({ members: membersOf(args), core: Object.fromEntries(core) });
}

function start(stage: Stage, id: MemberId, args: readonly string[]): void {
  const logAt = args.indexOf('log');
  const entries = logAt === -1 ? [] : args.slice(logAt + 1).map(entryOf);
  const hardState: HardState = {
    epoch: Number(valueAfter(args, 'epoch') ?? entries.at(-1)?.epoch ?? 0),
    votedFor: Number(valueAfter(args, 'vote') ?? 0),
  };
  stage.add(id, hardState, entries);
}

/** `3.1` is the entry with counter 1 of epoch 3. */
function entryOf(text: string, at: number): Entry {
  const [epoch = 0, counter = 0] = text.split('.').map(Number);
  const type = counter === 0 ? 'epoch' : 'transaction';
  const payload = counter === 0 ? '' : `old${text}`;
  return { index: at + 1, epoch, zxid: zxidOf(epoch, counter), type, payload };
}
