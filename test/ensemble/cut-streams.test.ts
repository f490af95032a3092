/**
 * An event stream that was cut in the middle of the events of a transaction goes on with the next
 * one, on any member: none missing, none twice, also when somebody else reads on, who may see other
 * events, or the same one with another filter. And ids tell nobody of what they may not see.
 */
import t, { type Test } from 'tap';
import { type AclEntry, userAcl } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import type { EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, startEnsemble } from './setup.ts';

/** Streams that are open at a time. */
const AT_ONCE = 12;

t.setTimeout(120_000);

type User = 'nobody' | 'alice' | 'bob';

const ALICE = userAcl('cdrwa', 'alice', 'hers');
const BOB = userAcl('cdrwa', 'bob', 'his');
const AUTHORIZATION: Readonly<Record<User, Record<string, string>>> = {
  nobody: {},
  alice: { authorization: `Basic ${btoa('alice:hers')}` },
  bob: { authorization: `Basic ${btoa('bob:his')}` },
};

/** One event of the transaction; absent: everybody is told. */
type Told = readonly [text: string, reader?: User];

const set = (path: string) => ({ op: 'set', path, data: 'x' });
const create = (path: string, acl?: readonly AclEntry[]) => {
  return { op: 'create', path, ...(acl === undefined ? {} : { acl }) };
};

/** What is done at once, and what that is to those who watch. */
const CHANGES: readonly (readonly [change: ReturnType<typeof create>, ...Told[]])[] = [
  [create('/s/x', ALICE), ['nodeCreated /s/x', 'alice'], ['nodeChildrenChanged /s']],
  [set('/s/open'), ['nodeDataChanged /s/open']],
  [set('/s/alice'), ['nodeDataChanged /s/alice', 'alice']],
  [create('/s/open/y', BOB), ['nodeCreated /s/open/y', 'bob'], ['nodeChildrenChanged /s/open']],
  [set('/s/bob'), ['nodeDataChanged /s/bob', 'bob']],
  [set('/s/open'), ['nodeDataChanged /s/open']],
  [create('/s/alice/z'), ['nodeCreated /s/alice/z'], ['nodeChildrenChanged /s/alice', 'alice']],
  [{ op: 'delete', path: '/s/x' }, ['nodeDeleted /s/x', 'alice'], ['nodeChildrenChanged /s']],
  [set('/s'), ['nodeDataChanged /s']],
  [set('/s/open'), ['nodeDataChanged /s/open']],
];
const EVENTS = CHANGES.flatMap(([, ...events]) => events);
/** A later change, of which every view sees something. */
const LATER: readonly Told[] = [['nodeDataChanged /s'], ['nodeDataChanged /s/open']];

interface View {
  readonly user: User;
  readonly path: string;
  readonly recursive: boolean;
}

const VIEWS = (['nobody', 'alice', 'bob'] as const).flatMap((user): View[] =>
  ['/s', '/s/open'].flatMap((path) => [
    { user, path, recursive: true },
    { user, path, recursive: false },
  ]),
);

function sees({ user, path, recursive }: View, [text, reader = user]: Told): boolean {
  const [type, of = ''] = text.split(' ');
  if (reader !== user) return false;
  if (!recursive) return of === path;
  return (of === path || of.startsWith(`${path}/`)) && type !== 'nodeChildrenChanged';
}

/** What the view sees of the transaction behind `after`, and then. */
function expected(view: View, after: number): string[] {
  const rest = [...EVENTS.slice(after + 1), ...LATER];
  return rest.filter((event) => sees(view, event)).map(([text]) => text);
}

/** A view's events after an id, as this member tells them, up to those of the later change. */
async function read(member: EnsembleMember, view: View, id: string, last: string) {
  const { user, path, recursive } = view;
  const headers = { ...AUTHORIZATION[user], 'last-event-id': id };
  const stream = await EventStream.open(member.port, { path, recursive }, headers);
  const later = LATER.filter((event) => sees(view, event)).length;
  await stream.until((all) => all.filter(({ event }) => event.zxid === last).length >= later);
  stream.close();
  return stream.events.map(({ id, event }) => ({ id, text: `${event.event} ${event.path}` }));
}

interface Cut {
  readonly by: View;
  /** Of the event that came last, among all of the transaction. */
  readonly place: number;
  readonly id: string;
}

/** Where each view can be cut: behind each event that it sees of the transaction. */
async function cutsOf(t: Test, member: EnsembleMember, view: View, since: string, last: string) {
  const events = await read(member, view, since, last);
  t.same(
    events.map(({ text }) => text),
    expected(view, -1),
    `${view.user} sees of ${view.path}${view.recursive ? ' and below' : ''}`,
  );
  const places = EVENTS.flatMap((event, place) => (sees(view, event) ? [place] : []));
  return places.map((place, at): Cut => {
    // The id of the last one says that this view has seen the transaction.
    const isLast = at === places.length - 1;
    return { by: view, place: isLast ? EVENTS.length - 1 : place, id: events[at]?.id ?? '' };
  });
}

await t.test('cut anywhere, read on by anybody', async (t) => {
  const ensemble = await startEnsemble(t);
  const [first] = await ensemble.followers();
  const writer = await clientOf(t, await ensemble.leader());
  await writer.authenticate('alice', 'hers');
  await writer.authenticate('bob', 'his');
  await writer.create('/s');
  await writer.create('/s/open');
  await writer.create('/s/alice', { acl: ALICE });
  await writer.create('/s/bob', { acl: BOB });
  const since = writer.zxid;
  await writer.transaction(CHANGES.map(([change]) => change));
  await writer.transaction([set('/s'), set('/s/open')]);
  const last = writer.zxid;
  // This one has it from its log alone.
  await first.kill();
  await first.start();
  await ensemble.whole();
  await ensemble.until('all have it', async () => {
    const statuses = await Promise.all(ensemble.members.map((member) => member.status()));
    return statuses.every((status) => (status?.zxid ?? '') >= last);
  });

  const cuts: Cut[] = [];
  for (const view of VIEWS) cuts.push(...(await cutsOf(t, first, view, since, last)));
  const ids = cuts.map(({ id, place }) => `${place} ${id}`);
  const places = new Set(cuts.map(({ place }) => place));
  t.equal(new Set(ids).size, places.size, 'an event has one id, whoever is told of it');
  const seen = EVENTS.filter((event) => VIEWS.some((view) => sees(view, event)));
  t.equal(places.size, seen.length, 'each that anybody sees is cut behind');

  const tasks = cuts.flatMap((cut) => VIEWS.map((view) => ({ cut, view })));
  const count = tasks.length;
  const wrong: object[] = [];
  const work = async () => {
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
      const { cut, view } = task;
      const member = ensemble.members[tasks.length % 3] ?? first;
      const told = (await read(member, view, cut.id, last)).map(({ text }) => text);
      const wanted = expected(view, cut.place);
      if (told.join() !== wanted.join()) wrong.push({ cut, view, told, wanted });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  t.same(wrong, [], `${count} streams, ${cuts.length} cuts: nothing missing, nothing twice`);
});

await t.test('an id tells nothing of events that its reader may not see', async (t) => {
  const ensemble = await startEnsemble(t, { voters: 1 });
  const [member] = ensemble.members;
  if (member === undefined) throw new Error('there is no member');
  const writer = await clientOf(t, member);
  await writer.authenticate('alice', 'hers');
  await writer.create('/s');
  await writer.create('/s/open');
  const view: View = { user: 'nobody', path: '/s', recursive: true };
  const marks: string[][] = [];
  for (const hidden of [[], [create('/s/secret', ALICE), create('/s/more', ALICE)]]) {
    const since = writer.zxid;
    await writer.transaction([...hidden, create('/s/a'), create('/s/b')]);
    await writer.transaction([set('/s'), set('/s/open')]);
    const events = await read(member, view, since, writer.zxid);
    marks.push(events.slice(0, 2).map(({ id }) => id.slice(16)));
    await writer.transaction([
      { op: 'delete', path: '/s/a' },
      { op: 'delete', path: '/s/b' },
    ]);
  }
  t.match(marks[0]?.[0], /^\.\d+$/);
  t.same(marks[0], marks[1], 'the same ids, whatever else was done at once');
});
