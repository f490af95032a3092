/**
 * To know at any time which znodes there are: a list, and then every event since the zxid of the
 * list. Nothing falls between the two and nothing is told twice, while somebody writes.
 */
import { EventStream } from './event-stream.ts';
import { overHttp, overWebSocket, type Setting } from './specification.ts';
import { WsDriver } from './ws-driver.ts';

const NAMES = 40;
const ROUNDS = 8;
const LISTS = 4;

/** Children by name, with the zxid of the change that each is known by. */
class Known {
  readonly findings: string[] = [];
  readonly #children = new Map<string, string>();

  list(name: string, czxid: string): void {
    this.#children.set(name, czxid);
  }

  /** What cannot have happened to what was known is something that was missed, or told twice. */
  take(event: string, name: string, zxid: string): void {
    const isThere = this.#children.has(name);
    if (isThere !== (event === 'nodeDeleted')) {
      this.findings.push(`${event} ${name} ${zxid}, and it was ${this.#children.get(name)}`);
    }
    if (event === 'nodeDeleted') this.#children.delete(name);
    else this.#children.set(name, zxid);
  }

  /** The same behind several pages: they may show what an event tells again. */
  takeBehindPages(event: string, name: string, zxid: string, through: string): void {
    if (zxid > through) this.take(event, name, zxid);
    else if (event === 'nodeDeleted') {
      if ((this.#children.get(name) ?? '') < zxid) this.#children.delete(name);
    } else if ((this.#children.get(name) ?? '') < zxid) this.#children.set(name, zxid);
  }

  get entries(): [string, string][] {
    return [...this.#children].sort();
  }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Somebody at the case's member who creates and deletes children, until all is done. */
async function writing({ t, member, at }: Pick<Setting<never>, 't' | 'member' | 'at'>) {
  const writer = await WsDriver.connect(member.wsUrl);
  t.teardown(() => writer.disconnect());
  for (let round = 0; round < ROUNDS; round += 1) {
    const requests = Array.from({ length: NAMES }, (_, n) => {
      const path = at(`n${(n * 7) % NAMES}`);
      return { op: (round + n) % 2 === 0 ? 'create' : 'delete', path };
    });
    await writer.pipeline(requests);
  }
  return writer.zxid;
}

await overHttp({
  'a page and a stream since its zxid': async (setting) => {
    const { t, client, connect, at } = setting;
    const other = await connect();
    const done = writing(setting);
    const followed: { known: Known; stream: EventStream }[] = [];
    for (let list = 0; list < LISTS; list += 1) {
      const known = new Known();
      const answer = await other.send({ target: `/v1/children${at('')}?include=stat` });
      const { children } = answer.json<{ children: { name: string; stat: { czxid: string } }[] }>();
      for (const { name, stat } of children) known.list(name, stat.czxid);
      const since = String(answer.headers['paddock-zxid']);
      // At the case's member, which need not be the one that was asked for the list.
      const target = { path: at(''), recursive: true, since };
      const stream = await EventStream.open(setting.member.port, target);
      t.teardown(() => stream.close());
      followed.push({ known, stream });
    }
    await done;
    const { stat } = await client.create(at('last'));
    const { children } = await client.children(at(''), { include: ['stat'] });
    const truth = children.map(({ name, stat }) => [name, stat?.czxid]).sort();
    for (const { known, stream } of followed) {
      await stream.until((events) => events.at(-1)?.event.zxid === stat.czxid);
      for (const { event } of stream.events)
        known.take(event.event, nameOf(event.path), event.zxid);
      t.same(known.findings, []);
      t.same(known.entries, truth);
    }
  },
});

await overWebSocket({
  'a page and a watch since its zxid, on one connection or on another': async (setting) => {
    const { t, client, connect, at } = setting;
    const done = writing(setting);
    const followed: { known: Known; reader: WsDriver }[] = [];
    for (let list = 0; list < LISTS; list += 1) {
      const known = new Known();
      const lister = await connect();
      const page = await lister.children(at(''), { include: ['stat'] });
      for (const { name, stat } of page.children) known.list(name, stat?.czxid ?? '');
      const since = lister.zxid;
      const reader = list % 2 === 0 ? lister : await connect();
      await reader.addWatch(at(''), 'persistentRecursive', { since });
      followed.push({ known, reader });
    }
    await done;
    await client.create(at('last'));
    const { children } = await client.children(at(''), { include: ['stat'] });
    const truth = children.map(({ name, stat }) => [name, stat?.czxid]).sort();
    for (const { known, reader } of followed) {
      for (const { event, path, zxid } of await reader.events()) {
        known.take(event, nameOf(path), zxid);
      }
      t.same(known.findings, []);
      t.same(known.entries, truth);
    }
  },

  'page by page, and a watch since the zxid of the first': async (setting) => {
    const { t, client, connect, at } = setting;
    const done = writing(setting);
    const followed: { known: Known; reader: WsDriver; through: string }[] = [];
    for (let list = 0; list < LISTS; list += 1) {
      const known = new Known();
      const reader = await connect();
      let since: string | undefined;
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const from = after === undefined ? {} : { after };
        const page = await reader.children(at(''), { include: ['stat'], limit: 5, ...from });
        since ??= reader.zxid;
        for (const { name, stat } of page.children) known.list(name, stat?.czxid ?? '');
        after = page.next;
      }
      const through = reader.zxid;
      await reader.addWatch(at(''), 'persistentRecursive', { since: since ?? '' });
      followed.push({ known, reader, through });
    }
    await done;
    await client.create(at('last'));
    const { children } = await client.children(at(''), { include: ['stat'] });
    const truth = children.map(({ name, stat }) => [name, stat?.czxid]).sort();
    for (const { known, reader, through } of followed) {
      for (const { event, path, zxid } of await reader.events()) {
        known.takeBehindPages(event, nameOf(path), zxid, through);
      }
      t.same(known.findings, []);
      t.same(known.entries, truth);
    }
  },
});
