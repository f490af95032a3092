/**
 * Random operations of two clients, compared with the plain model of `model.ts` answer by answer:
 * results, stats, refusals and their order, and in the end the whole tree.
 */
import { between, type Random, randomFrom, SEED } from '../crash/random.ts';
import { type Driver, type Op, Refused, type Stat, world } from './driver.ts';
import { ModelTree } from './model.ts';
import { overBoth, type Setting } from './specification.ts';

const ROUNDS = 300;
const NAMES = ['a', 'b', 'c'];
const MODES = ['persistent', 'ephemeral', 'persistent_sequential', 'ephemeral_sequential'];
/** Mostly everything, so that there is something to do. */
const PERMS = ['cdrwa', 'cdrwa', 'cdrwa', 'rwa', 'cdra', 'cdwa', 'cdrw'];

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[between(random, 0, values.length - 1)];
  if (value === undefined) throw new Error('there is nothing to pick from');
  return value;
}

/** A path that exists, or its child, or any other one. */
function randomPath(random: Random, base: string, model: ModelTree): string {
  const known = pick(random, model.paths);
  const choice = between(random, 0, 5);
  if (choice < 2 && known !== base) return known;
  if (choice < 5 && known.split('/').length < 6) return `${known}/${pick(random, NAMES)}`;
  return `${base}/${pick(random, NAMES)}/${pick(random, NAMES)}`;
}

function maybe<T>(random: Random, chance: number, value: () => T): T | undefined {
  return random() < chance ? value() : undefined;
}

/** The fields that are given. */
function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function randomWrite(random: Random, path: string, inTransaction: boolean): Op {
  const kinds = inTransaction
    ? ['create', 'create', 'set', 'set', 'delete', 'check', 'checkAbsent']
    : ['create', 'create', 'create', 'set', 'set', 'delete', 'setAcl'];
  const op = pick(random, kinds);
  const version = maybe(random, 0.3, () => between(random, 0, 2));
  const data = `data ${between(random, 0, 999)} ü`;
  switch (op) {
    case 'create': {
      const mode = maybe(random, 0.6, () => pick(random, MODES));
      const acl = maybe(random, 0.3, () => world(pick(random, PERMS)));
      const parents = maybe(random, 0.2, () => true);
      return { op, path, ...given({ data, mode, acl, parents }) };
    }
    case 'set': {
      const create = version === undefined ? maybe(random, 0.3, () => true) : undefined;
      return { op, path, data, ...given({ version, create }) };
    }
    case 'delete':
      return { op, path, ...given({ version, recursive: maybe(random, 0.2, () => true) }) };
    case 'setAcl':
      return { op, path, acl: world(pick(random, PERMS)), ...given({ version }) };
    case 'check':
      return { op, path, ...given({ version }) };
    default:
      return { op, path };
  }
}

function send(client: Driver, { op, path, ...rest }: Op): Promise<unknown> {
  switch (op) {
    case 'create':
      return client.create(path, rest);
    case 'set':
      return client.set(path, String(rest['data']), rest);
    case 'delete':
      return client.delete(path, rest);
    default:
      return client.setAcl(path, rest['acl'] as never, rest['version'] as never);
  }
}

/** The stat without the times, which are the leader's own. */
function timeless(stat: Stat | undefined): unknown {
  if (stat === undefined) return undefined;
  const { ctime: _created, mtime: _modified, ...rest } = stat;
  return rest;
}

interface Answered {
  readonly code?: string;
  readonly index?: number | undefined;
  readonly value?: unknown;
}

async function answerTo(request: Promise<unknown>): Promise<Answered> {
  try {
    return { value: await request };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, index } = error.problem;
    return { code, index };
  }
}

class Comparison {
  readonly #setting: Setting<Driver>;
  readonly #random: Random;
  readonly #model: ModelTree;
  #wrong = 0;

  constructor(setting: Setting<Driver>, random: Random, model: ModelTree) {
    this.#setting = setting;
    this.#random = random;
    this.#model = model;
  }

  get differences(): number {
    return this.#wrong;
  }

  #expect(found: unknown, wanted: unknown, what: unknown): void {
    const { t } = this.#setting;
    if (JSON.stringify(sorted(found)) === JSON.stringify(sorted(wanted))) return;
    this.#wrong += 1;
    if (this.#wrong <= 5) t.strictSame(found, wanted, JSON.stringify(what));
  }

  async write(client: Driver): Promise<void> {
    const path = randomPath(this.#random, this.#setting.at(''), this.#model);
    const op = randomWrite(this.#random, path, false);
    const { code, value } = await answerTo(send(client, op));
    const wanted = this.#model.write(op, client.zxid, client.sessionId);
    this.#expect(code, wanted.code, op);
    if (code !== undefined || op.op === 'delete') return;
    const { path: final, stat } = value as { path: string; stat: Stat };
    const shown = { path: final, stat: timeless(stat) };
    this.#expect(shown, { path: wanted.path, stat: wanted.stat }, op);
  }

  async transaction(client: Driver): Promise<void> {
    const ops = Array.from({ length: between(this.#random, 1, 4) }, () => {
      const path = randomPath(this.#random, this.#setting.at(''), this.#model);
      return randomWrite(this.#random, path, true);
    });
    const dryRun = this.#random() < 0.2;
    const { code, index, value } = await answerTo(client.transaction(ops, { dryRun }));
    const change = () => this.#model.transaction(ops, client.zxid, client.sessionId);
    const wanted = dryRun ? this.#model.dry(change) : change();
    this.#expect({ code, index: index ?? -1 }, { code: wanted.code, index: wanted.index }, ops);
    if (code !== undefined || dryRun) return;
    const shown = (value as { path?: string; stat?: Stat }[]).map(({ path, stat }) => ({
      path,
      stat: timeless(stat),
    }));
    this.#expect(
      shown,
      wanted.results.map(({ path, stat }) => ({ path, stat })),
      ops,
    );
  }

  async read(client: Driver): Promise<void> {
    const path = randomPath(this.#random, this.#setting.at(''), this.#model);
    const [got, acl] = [await answerTo(client.get(path)), await answerTo(client.getAcl(path))];
    const wanted = this.#model.read('get', path);
    this.#expect(got.code, wanted.code, ['get', path]);
    if (got.value !== undefined) {
      const { data, stat } = got.value as { data: string; stat: Stat };
      this.#expect([data, timeless(stat)], [wanted.data, wanted.stat], ['get', path]);
    }
    const wantedAcl = this.#model.read('getAcl', path);
    this.#expect(acl.code, wantedAcl.code, ['getAcl', path]);
    if (acl.value !== undefined) {
      this.#expect((acl.value as { acl: unknown }).acl, wantedAcl.acl, ['getAcl', path]);
    }
  }

  /** Every znode that is there, with what can be seen of it. */
  async whole(client: Driver, path: string): Promise<void> {
    const listed = await answerTo(client.children(path, { include: ['stat'] }));
    if (listed.value === undefined) return;
    const { children } = listed.value as { children: { name: string; stat?: Stat }[] };
    const names = children.map(({ name }) => name);
    this.#expect(names, this.#model.childrenOf(path), ['children', path]);
    for (const { name, stat } of children) {
      const child = `${path}/${name}`;
      if (stat !== undefined) this.#expect(timeless(stat), this.#model.statOf(child), child);
      await this.whole(client, child);
    }
  }
}

/** The same value with its keys in order, so that texts can be compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}

await overBoth({
  [`${ROUNDS} operations, each as the model has it (seed ${SEED})`]: async (setting) => {
    const { t, client, connect, at } = setting;
    const random = randomFrom(SEED);
    const base = await client.get(at(''));
    const model = new ModelTree(at(''), base.stat.czxid);
    const comparison = new Comparison(setting, random, model);
    const clients = [client, await connect()];
    let last = client;
    for (let round = 0; round < ROUNDS; round += 1) {
      const one = pick(random, clients);
      // What the other one has written may be news to the member that this one is at.
      if (one !== last) await one.sync();
      last = one;
      const choice = between(random, 0, 9);
      if (choice < 5) await comparison.write(one);
      else if (choice < 7) await comparison.transaction(one);
      else await comparison.read(one);
    }
    await client.sync();
    await comparison.whole(client, at(''));
    const other = clients[1] ?? client;
    await other.closeSession();
    await client.sync();
    model.end(other.sessionId, client.zxid);
    await comparison.whole(client, at(''));
    t.equal(comparison.differences, 0, `${model.paths.length} znodes in the end`);
  },
});
