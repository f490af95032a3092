/**
 * Whom a change tells: the trigger table, once-only and lasting watches, grouping, order, removal.
 * Changes go through prepare, apply and `eventsOf`, so that events are those of real transactions.
 */
import t from 'tap';
import type { TreeEvent, WatchKind, WriteRequest } from '../../storage/tree/types.ts';
import { WatchTable } from '../../storage/tree/watches.ts';
import { create, Leader, remove, set, world } from './support.ts';

interface Watcher {
  readonly name: string;
}

/** Watchers by name, and what each is told. */
class Audience {
  readonly table = new WatchTable<Watcher>();
  readonly #watchers = new Map<string, Watcher>();
  told: string[] = [];

  watcher(name: string): Watcher {
    const watcher = this.#watchers.get(name) ?? { name };
    this.#watchers.set(name, watcher);
    return watcher;
  }

  add(name: string, kind: WatchKind, path: string): number {
    return this.table.add(this.watcher(name), kind, path);
  }

  /** Who is told what, in order. */
  hear(events: readonly TreeEvent[], permits?: (watcher: Watcher) => boolean): string[] {
    this.told = [];
    for (const event of events) {
      this.table.trigger(
        event,
        ({ name }, watches) => this.told.push(`${name}: ${event.type} ${event.path} #${watches}`),
        permits,
      );
    }
    return this.told;
  }
}

/**
 * A tree with /p, /p/n and /p/n/below, watched in every way at every place, each by a watcher of
 * its own.
 */
function everywhere() {
  const leader = new Leader();
  for (const path of ['/p', '/p/n', '/p/n/below', '/q']) leader.create(path);
  const audience = new Audience();
  for (const path of ['/', '/p', '/p/n', '/p/n/below', '/p/new', '/q']) {
    for (const kind of ['data', 'child', 'persistent', 'persistentRecursive'] as const) {
      audience.add(`${kind} ${path}`, kind, path);
    }
  }
  const told = (request: WriteRequest) =>
    audience.hear(leader.do(request).events).map((line) => line.replace(/ #.*/, ''));
  return { leader, audience, told };
}

t.test('create', async (t) => {
  const { told } = everywhere();
  t.same(told(create('/p/new')), [
    'persistentRecursive /: nodeCreated /p/new',
    'persistentRecursive /p: nodeCreated /p/new',
    'data /p/new: nodeCreated /p/new',
    'persistent /p/new: nodeCreated /p/new',
    'persistentRecursive /p/new: nodeCreated /p/new',
    'child /p: nodeChildrenChanged /p',
    'persistent /p: nodeChildrenChanged /p',
  ]);
});

t.test('set', async (t) => {
  const { told } = everywhere();
  t.same(told(set('/p/n')), [
    'persistentRecursive /: nodeDataChanged /p/n',
    'persistentRecursive /p: nodeDataChanged /p/n',
    'data /p/n: nodeDataChanged /p/n',
    'persistent /p/n: nodeDataChanged /p/n',
    'persistentRecursive /p/n: nodeDataChanged /p/n',
  ]);
});

t.test('set of equal data', async (t) => {
  const { told } = everywhere();
  t.equal(told(set('/p/n', '')).length, 5);
});

t.test('delete', async (t) => {
  const { told } = everywhere();
  t.same(told(remove('/p/n/below')), [
    'persistentRecursive /: nodeDeleted /p/n/below',
    'persistentRecursive /p: nodeDeleted /p/n/below',
    'persistentRecursive /p/n: nodeDeleted /p/n/below',
    'data /p/n/below: nodeDeleted /p/n/below',
    'child /p/n/below: nodeDeleted /p/n/below',
    'persistent /p/n/below: nodeDeleted /p/n/below',
    'persistentRecursive /p/n/below: nodeDeleted /p/n/below',
    'child /p/n: nodeChildrenChanged /p/n',
    'persistent /p/n: nodeChildrenChanged /p/n',
  ]);
});

t.test('setAcl, a check, a refused request: nobody', async (t) => {
  const { told, leader } = everywhere();
  t.same(told({ op: 'setAcl', path: '/p/n', acl: world('cdrwa') }), []);
  t.equal(leader.prepare({ op: 'transaction', ops: [{ op: 'check', path: '/p' }] }).kind, 'dryRun');
});

t.test('transaction: operation by operation', async (t) => {
  const { told } = everywhere();
  const lines = told({ op: 'transaction', ops: [set('/p/n'), remove('/p/n/below'), set('/q')] });
  t.same(
    lines.filter((line) => line.startsWith('persistentRecursive /:')),
    [
      'persistentRecursive /: nodeDataChanged /p/n',
      'persistentRecursive /: nodeDeleted /p/n/below',
      'persistentRecursive /: nodeDataChanged /q',
    ],
  );
});

t.test('the end of a session: each ephemeral as a delete', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/p');
  leader.create('/p/e', { mode: 'ephemeral' });
  const audience = new Audience();
  audience.add('w', 'data', '/p/e');
  audience.add('w', 'child', '/p');
  t.same(audience.hear(leader.do({ op: 'closeSession', session, reason: 'expired' }).events), [
    'w: nodeDeleted /p/e #1',
    'w: nodeChildrenChanged /p #2',
  ]);
});

t.test('data and child watches answer once, persistent ones each time', async (t) => {
  const { told, audience } = everywhere();
  const before = audience.table.count;
  told(set('/p/n'));
  t.equal(audience.table.count, before - 1);
  t.same(told(set('/p/n')), [
    'persistentRecursive /: nodeDataChanged /p/n',
    'persistentRecursive /p: nodeDataChanged /p/n',
    'persistent /p/n: nodeDataChanged /p/n',
    'persistentRecursive /p/n: nodeDataChanged /p/n',
  ]);
});

t.test('a change of a grandchild is nothing to a child watch', async (t) => {
  const { told } = everywhere();
  const lines = told(remove('/p/n/below'));
  t.notOk(lines.some((line) => line.includes('child /p:')));
});

t.test('one watcher with several watches is told once, with all their numbers', async (t) => {
  const leader = new Leader();
  leader.create('/p/n', { parents: true });
  const audience = new Audience();
  audience.add('w', 'data', '/p/n');
  audience.add('w', 'child', '/p/n');
  audience.add('w', 'persistent', '/p/n');
  audience.add('w', 'persistentRecursive', '/');
  audience.add('w', 'child', '/p');
  t.same(audience.hear(leader.do(remove('/p/n')).events), [
    'w: nodeDeleted /p/n #1,2,3,4',
    'w: nodeChildrenChanged /p #5',
  ]);
  t.equal(audience.table.countOf(audience.watcher('w')), 2, 'both one-shots of /p/n are used up');
});

t.test('watchers are told in the order of their registration', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const audience = new Audience();
  audience.add('third', 'persistent', '/');
  audience.add('first', 'data', '/a');
  audience.add('second', 'persistentRecursive', '/');
  audience.add('third', 'persistent', '/a');
  audience.add('first', 'persistent', '/a');
  t.same(audience.hear(leader.do(set('/a')).events), [
    'first: nodeDataChanged /a #1,2',
    'second: nodeDataChanged /a #1',
    'third: nodeDataChanged /a #2',
  ]);
});

t.test('an equal watch is the same watch', async (t) => {
  const { table } = new Audience();
  const watcher = { name: 'w' };
  t.equal(table.add(watcher, 'data', '/a'), 1);
  t.equal(table.add(watcher, 'data', '/a'), 1);
  t.equal(table.add(watcher, 'child', '/a'), 2);
  t.equal(table.add(watcher, 'data', '/b'), 3);
  t.equal(table.count, 3);
  t.equal(table.kindOf(watcher, 2), 'child');
  t.equal(table.kindOf(watcher, 4), undefined);
});

t.test('numbers grow and never come back', async (t) => {
  const { table } = new Audience();
  const watcher = { name: 'w' };
  table.add(watcher, 'data', '/a');
  table.removeAll(watcher);
  t.equal(table.add(watcher, 'data', '/a'), 2);
  t.equal(table.add({ name: 'x' }, 'data', '/a'), 1, 'each watcher has its own');
});

t.test('removal by number, by path and kind, of any kind, of all', async (t) => {
  const { table } = new Audience();
  const [w, x] = [{ name: 'w' }, { name: 'x' }];
  for (const watcher of [w, x]) {
    for (const kind of ['persistentRecursive', 'data', 'child', 'persistent'] as const) {
      table.add(watcher, kind, '/a');
      table.add(watcher, kind, '/a/b');
    }
  }
  t.equal(table.remove(w, 1), true);
  t.equal(table.remove(w, 1), false);
  t.equal(table.remove(w, 99), false);
  t.same(table.removePath(w, '/a', 'data'), [3]);
  t.same(table.removePath(w, '/a', 'data'), []);
  t.same(table.removePath(w, '/a', 'any'), [5, 7]);
  t.same(table.removePath(w, '/none', 'any'), []);
  t.equal(table.countOf(w), 4);
  table.removeAll(w);
  t.equal(table.countOf(w), 0);
  t.equal(table.countOf(x), 8, 'nobody else is concerned');
  t.equal(table.count, 8);
  table.removeAll({ name: 'stranger' });
  t.equal(table.count, 8);
});

t.test('who may not know is not told, and keeps a one-shot watch', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const audience = new Audience();
  for (const name of ['in', 'out']) audience.add(name, 'data', '/a');
  audience.add('out', 'persistent', '/a');
  const permits = ({ name }: Watcher) => name === 'in';
  t.same(audience.hear(leader.do(set('/a')).events, permits), ['in: nodeDataChanged /a #1']);
  t.same(audience.hear(leader.do(set('/a')).events), ['out: nodeDataChanged /a #1,2']);
});

t.test('a one-shot watch is gone before its event is delivered', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const table = new WatchTable<Watcher>();
  const watcher = { name: 'w' };
  table.add(watcher, 'data', '/a');
  const numbers: number[][] = [];
  const again = () => {
    for (const event of leader.do(set('/a')).events) {
      table.trigger(event, (_, watches) => {
        numbers.push(watches);
        table.add(watcher, 'data', '/a');
      });
    }
  };
  again();
  again();
  t.same(numbers, [[1], [2]]);
});

t.test('ten thousand watchers of a path, a hundred thousand watches', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const table = new WatchTable<Watcher>();
  const watchers = Array.from({ length: 10_000 }, (_, n) => ({ name: `w${n}` }));
  for (const watcher of watchers) {
    table.add(watcher, 'data', '/a');
    for (let n = 0; n < 9; n += 1) table.add(watcher, 'child', `/${watcher.name}/${n}`);
  }
  t.equal(table.count, 100_000);
  const [event] = leader.do(set('/a')).events;
  const told: Watcher[] = [];
  table.trigger(event as TreeEvent, (watcher) => told.push(watcher));
  t.same(told, watchers);
  for (const watcher of watchers) table.removeAll(watcher);
  t.equal(table.count, 0);
});
