/**
 * An answer is true whatever dies: what was acknowledged is there, what was refused is not and
 * never comes, and where nobody can know the client is told so (504 OutcomeUnknown). Shown for all
 * that changes znodes, against the history that each member tells afterwards.
 */
import t, { type Test } from 'tap';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { type Edit, type EditFate, Editor, ROOT } from './edits.ts';
import { findingsOf, historyOf } from './history.ts';
import { clientOf, startEnsemble } from './setup.ts';

const EDITORS = 8;
const KILLS = 3;
const EDITS_BETWEEN = 200;

t.setTimeout(230_000);

type FateKind = EditFate['kind'];

class Editors {
  readonly all: readonly Editor[];
  readonly #ensemble: Ensemble;
  readonly #loyal: Editor;
  /** Where the last of them works; the others go on at the next member when they lose one. */
  readonly #home: EnsembleMember[] = [];

  constructor(ensemble: Ensemble) {
    this.#ensemble = ensemble;
    this.#loyal = new Editor(EDITORS, this.#home);
    const editors = Array.from({ length: EDITORS }, (_, at) => new Editor(at, ensemble.members));
    this.all = [...editors, this.#loyal];
  }

  /** All that write now. */
  get active(): readonly Editor[] {
    return this.all.filter((editor) => editor !== this.#loyal || this.#home.length > 0);
  }

  start(): void {
    for (const editor of this.active) editor.start();
  }

  stayWith(member: EnsembleMember): void {
    this.#home.push(member);
    this.#loyal.start();
  }

  get edits(): readonly Edit[] {
    return this.all.flatMap(({ edits }) => edits);
  }

  get acked(): number {
    return this.all.reduce((sum, { acked }) => sum + acked, 0);
  }

  count(kind: FateKind, code?: string): number {
    return this.edits.filter(({ fate }) => {
      if (fate?.kind !== kind) return false;
      return code === undefined || codeOf(fate) === code;
    }).length;
  }

  async goOn(): Promise<void> {
    const enough = this.acked + EDITS_BETWEEN;
    await this.#ensemble.until('edits go on', async () => this.acked >= enough);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((editor) => editor.stop()));
  }
}

function codeOf(fate: EditFate): string {
  if (fate.kind === 'refused') return fate.problem.code;
  return fate.kind === 'unknown' ? fate.code : '';
}

async function killLeader(ensemble: Ensemble, editors: Editors): Promise<void> {
  const leader = await ensemble.leader();
  await leader.kill();
  await editors.goOn();
  await leader.start();
  await ensemble.whole();
}

/** It is stopped until everybody waits for it, and then killed: nobody knows what it has taken. */
async function killSilentLeader(ensemble: Ensemble, editors: Editors): Promise<void> {
  const leader = await ensemble.leader();
  const epoch = await ensemble.epoch();
  leader.pause();
  await ensemble.until('everybody waits', async () => {
    return editors.active.every(({ underWay }) => underWay > 0) || (await ensemble.epoch()) > epoch;
  });
  await leader.kill();
  await editors.goOn();
  await leader.start();
  await ensemble.whole();
}

/** One that does not lead is left alone, until it refuses what its clients ask for. */
async function isolate(ensemble: Ensemble, editors: Editors): Promise<void> {
  const [follower] = await ensemble.followers();
  editors.stayWith(follower);
  await editors.goOn();
  const others = ensemble.others(follower);
  await Promise.all(others.map((member) => member.kill()));
  await ensemble.until('it refuses', async () => editors.count('refused', 'NotReady') > 0);
  await Promise.all(others.map((member) => member.start()));
  await ensemble.whole();
  await editors.goOn();
}

async function killAll(ensemble: Ensemble, editors: Editors): Promise<void> {
  await Promise.all(ensemble.members.map((member) => member.kill()));
  await Promise.all(ensemble.members.map((member) => member.start()));
  await ensemble.whole();
  await editors.goOn();
}

function showCounts(t: Test, editors: Editors): void {
  const counts: Record<string, number> = {};
  for (const { kind, fate } of editors.edits) {
    const name = fate === undefined ? 'none' : `${kind} ${fate.kind} ${codeOf(fate)}`.trim();
    counts[name] = (counts[name] ?? 0) + 1;
  }
  t.comment(JSON.stringify(counts));
}

await t.test('every answer is true, whatever dies', async (t) => {
  const ensemble = await startEnsemble(t);
  const editors = new Editors(ensemble);
  t.teardown(() => void editors.stop());
  const setup = await clientOf(t, await ensemble.leader());
  await Editor.prepare(setup, editors.all);
  const since = setup.zxid;
  editors.start();
  await editors.goOn();

  for (let kill = 0; kill < KILLS; kill += 1) await killLeader(ensemble, editors);
  await killSilentLeader(ensemble, editors);
  await isolate(ensemble, editors);
  await killAll(ensemble, editors);
  await editors.stop();
  showCounts(t, editors);
  for (const kind of ['create', 'set', 'conditional', 'delete', 'transaction'] as const) {
    const acked = editors.edits.filter((edit) => edit.kind === kind && edit.fate?.kind === 'acked');
    t.ok(acked.length > KILLS, `${acked.length} of kind ${kind} were acknowledged`);
  }
  t.ok(editors.count('unknown', 'OutcomeUnknown') > 0, 'of some nobody can know: they are told so');
  t.ok(editors.count('refused', 'NotReady') > 0, 'some were not taken: they are told so');

  const digests = await ensemble.digests();
  t.equal(new Set(digests).size, 1, 'the trees are equal');
  const last = await clientOf(t, await ensemble.leader());
  const { stat } = await last.create(`${ROOT}/end`);
  const histories = await Promise.all(
    ensemble.members.map((member) => historyOf(member, since, stat.czxid)),
  );
  const [history = [], ...others] = histories;
  for (const other of others) t.same(other, history, 'members tell the same history');
  const known = new Set(editors.edits.flatMap(({ id }) => id));
  const strange = history.filter(({ event, data, path }) => {
    return event !== 'nodeDeleted' && path !== `${ROOT}/end` && !known.has(data ?? '');
  });
  t.same(strange, [], `all ${history.length} changes were asked for`);
  t.same(findingsOf(editors.edits, history), [], `${editors.edits.length} answers are true`);
});
