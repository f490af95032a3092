/** Snapshots between members: whole in the end, whatever happens to connections and processes. */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { zxidOf } from '../../raftlog/zxid.ts';
import { Caller } from '../../server/peers/caller.ts';
import { decodeSnapshotMeta, encodeSnapshotMeta } from '../../server/peers/snapshot-meta.ts';
import { type PeerLimits, SnapshotFailure, type SnapshotMeta } from '../../server/peers/types.ts';
import { type AppliedMark, SnapshotRefusal, type SnapshotSource } from '../../storage/types.ts';
import { between, randomFrom, SEED } from '../crash/random.ts';
import { TcpProxy } from './proxy.ts';
import { CALL, selfOf } from './stranger.ts';
import {
  clusterOf,
  connected,
  heartbeat,
  introduce,
  startTransport,
  stopAll,
  type TestMember,
} from './transports.ts';

const random = randomFrom(SEED);

const MARK: AppliedMark = {
  index: 41,
  epoch: 3,
  zxid: zxidOf(3, 7),
  digest: 'd1ge57',
  lastTime: 1_700_000_000_000,
  members: { voters: [1, 2], observers: [3] },
};

/** A snapshot of some chunks, which writes down what it was asked for. */
class Source implements SnapshotSource {
  readonly mark = MARK;
  readonly chunks: readonly Buffer[];
  readonly asked: number[] = [];
  closed = 0;
  expired = false;

  constructor(count: number, bytes: number) {
    this.chunks = Array.from({ length: count }, (_, at) =>
      Buffer.from(Array.from({ length: bytes }, (_, byte) => (at * 31 + byte * 7) % 256)),
    );
  }

  async read(chunk: number): Promise<Uint8Array | undefined> {
    this.asked.push(chunk);
    await sleep(0);
    if (this.expired) throw new SnapshotRefusal('expired', 'it was open for too long');
    return this.chunks[chunk];
  }

  close(): void {
    this.closed += 1;
  }
}

interface Fetched {
  meta: SnapshotMeta | undefined;
  readonly chunks: Buffer[];
}

/** A fetch, and what it has brought so far. */
function fetchInto(
  member: TestMember,
  from: number,
  more: { signal?: AbortSignal; onChunk?: (chunk: number) => void | Promise<void> } = {},
): { readonly fetched: Fetched; readonly done: Promise<void> } {
  const fetched: Fetched = { meta: undefined, chunks: [] };
  const done = member.transport.fetchSnapshot(from, {
    onMeta: (meta) => {
      fetched.meta = meta;
    },
    onChunk: async (bytes, chunk) => {
      if (chunk !== fetched.chunks.length) throw new Error(`chunk ${chunk} is out of order`);
      await more.onChunk?.(chunk);
      fetched.chunks.push(Buffer.from(bytes));
    },
    ...(more.signal === undefined ? {} : { signal: more.signal }),
  });
  return { fetched, done };
}

/** Why a fetch failed; what else it may be is thrown on. */
async function failureOf(done: Promise<void>): Promise<string> {
  try {
    await done;
    return 'it did not fail';
  } catch (error) {
    if (error instanceof SnapshotFailure) return error.reason;
    throw error;
  }
}

/** Member 1 serves; member 2 reaches it through a proxy. */
async function pair(
  limits: Partial<PeerLimits> = {},
): Promise<{ one: TestMember; two: TestMember; proxy: TcpProxy; stop: () => Promise<void> }> {
  const [one, two] = [await startTransport(1, { limits }), await startTransport(2, { limits })];
  const proxy = new TcpProxy(one.address);
  one.transport.setPeers([one.address, two.address, { ...two.address, id: 3 }]);
  two.transport.setPeers([await proxy.listen(), two.address]);
  const stop = async () => {
    await stopAll([one, two]);
    await proxy.close();
  };
  return { one, two, proxy, stop };
}

t.test('a snapshot arrives whole and in order', async (t) => {
  const { one, two, stop } = await pair();
  const source = new Source(20, 50_000);
  one.witness.snapshot = source;
  const { fetched, done } = fetchInto(two, 1);
  await done;
  t.strictSame(fetched.meta?.mark, MARK);
  t.ok(Buffer.concat(fetched.chunks).equals(Buffer.concat(source.chunks)));
  t.equal(source.closed, 0, 'it stays open: it keeps the log that is needed next');
  await stop();
  t.equal(source.closed, 1);
});

t.test('an empty snapshot is a snapshot', async (t) => {
  const { one, two, stop } = await pair();
  one.witness.snapshot = new Source(0, 0);
  const { fetched, done } = fetchInto(two, 1);
  await done;
  t.strictSame(fetched.chunks, []);
  await stop();
});

t.test(`connections are cut at random bytes, again and again (seed ${SEED})`, async (t) => {
  const { one, two, proxy, stop } = await pair();
  const source = new Source(25, 40_000);
  one.witness.snapshot = source;
  await connected(two, 1);
  proxy.cutAfter = () => between(random, 1, 120_000);
  const before = proxy.connections;
  const { fetched, done } = fetchInto(two, 1);
  await done;
  t.ok(Buffer.concat(fetched.chunks).equals(Buffer.concat(source.chunks)));
  t.ok(proxy.connections - before > 5, `${proxy.connections - before} connections were needed`);
  t.ok(source.asked.length > 26, `${source.asked.length} chunks were asked for`);
  await stop();
});

t.test('heartbeats go on beside a snapshot, also when all is cut in the middle', async (t) => {
  const { one, two, proxy, stop } = await pair();
  await Promise.all([connected(one, 1), connected(two, 1)]);
  one.witness.snapshot = new Source(100, 20_000);
  const { fetched, done } = fetchInto(two, 1, {
    onChunk: async (chunk) => {
      if (chunk === 50) {
        // What is on its way when all is cut is lost, as it may be.
        await two.witness.until('the first half', () => two.witness.count('message') === 50);
        proxy.cut();
        await one.witness.until('connected again', () => one.witness.count('connected') === 2);
      }
      one.transport.send(2, heartbeat(chunk));
    },
  });
  await done;
  await two.witness.until('the heartbeats', () => two.witness.count('message') === 100);
  t.equal(fetched.chunks.length, 100);
  t.equal(two.witness.count('connected'), 2);
  await stop();
});

t.test('a chunk on its way is waited for as long as bytes come, and no longer', async (t) => {
  const { one, two, proxy, stop } = await pair({ stallMs: 200 });
  const source = new Source(3, 1000);
  one.witness.snapshot = source;
  await connected(two, 1);
  const { fetched, done } = fetchInto(two, 1, {
    onChunk: (chunk) => {
      if (chunk !== 0) return;
      proxy.swallows = true;
      setTimeout(() => {
        proxy.swallows = false;
        proxy.cut();
      }, 700);
    },
  });
  await done;
  t.equal(fetched.chunks.length, 3);
  await stop();
});

t.test('a member that is not there is given up in the end', async (t) => {
  const { one, two, stop } = await pair({ snapshotGiveUpMs: 400 });
  await one.transport.stop();
  const since = performance.now();
  t.equal(await failureOf(fetchInto(two, 1).done), 'unreachable');
  t.ok(performance.now() - since >= 400);
  t.equal(await failureOf(fetchInto(two, 77).done), 'refused', 'nor is one that nobody knows');
  await stop();
});

t.test('a member that was started again does not serve what it served before', async (t) => {
  const { one, two, stop } = await pair();
  one.witness.snapshot = new Source(10, 1000);
  let again: TestMember | undefined;
  const { done } = fetchInto(two, 1, {
    onChunk: async (chunk) => {
      if (chunk !== 4) return;
      await one.transport.stop();
      const { host, port } = one.address;
      again = await startTransport(1, { listen: { host, port } });
      again.transport.setPeers([one.address, two.address]);
    },
  });
  t.equal(await failureOf(done), 'gone');
  await stop();
  if (again !== undefined) await stopAll([again]);
});

t.test('a snapshot that has ended by itself is gone', async (t) => {
  const { one, two, stop } = await pair();
  const source = new Source(10, 1000);
  one.witness.snapshot = source;
  const { done } = fetchInto(two, 1, {
    onChunk: (chunk) => {
      source.expired = chunk === 4;
    },
  });
  t.equal(await failureOf(done), 'gone');
  t.equal(source.closed, 1);
  await stop();
});

t.test('a snapshot that is not wanted any more is closed at both ends', async (t) => {
  const { one, two, stop } = await pair();
  const source = new Source(1000, 1000);
  one.witness.snapshot = source;
  const abort = new AbortController();
  const { fetched, done } = fetchInto(two, 1, {
    signal: abort.signal,
    onChunk: (chunk) => {
      if (chunk === 5) abort.abort();
    },
  });
  t.equal(await failureOf(done), 'aborted');
  t.equal(fetched.chunks.length, 6);
  for (let waited = 0; source.closed === 0 && waited < 5000; waited += 10) await sleep(10);
  t.equal(source.closed, 1);
  t.ok(source.asked.length <= 7, 'nothing more was asked for');
  t.equal(await failureOf(fetchInto(two, 1, { signal: abort.signal }).done), 'aborted');
  await stop();
});

t.test('what the receiver throws ends the fetch with just that', async (t) => {
  const { one, two, stop } = await pair();
  one.witness.snapshot = new Source(5, 1000);
  const damaged = new SnapshotRefusal('damaged', 'its checksum is wrong');
  const { done } = fetchInto(two, 1, {
    onChunk: () => {
      throw damaged;
    },
  });
  await t.rejects(done, damaged);
  await stop();
});

t.test('a member has one snapshot open at a time, and all together only so many', async (t) => {
  const { one, two, stop } = await pair({ snapshots: 1 });
  const [first, second] = [new Source(3, 1000), new Source(3, 1000)];
  one.witness.snapshot = first;
  await fetchInto(two, 1).done;
  one.witness.snapshot = second;
  const { fetched, done } = fetchInto(two, 1);
  await done;
  t.equal(first.closed, 1, 'the earlier one was closed');
  const stranger = new Caller(selfOf(3), one.address);
  await t.rejects(stranger.call('GET', '/peer/v1/snapshot', CALL), { code: 'SnapshotBusy' });
  const path = `/peer/v1/snapshot/${fetched.meta?.id}`;
  await t.rejects(stranger.call('GET', `${path}/0`, CALL), { code: 'SnapshotGone' });
  await stranger.call('DELETE', path, CALL);
  t.equal(second.closed, 0, 'what is another member’s stays open');
  for (const nonsense of ['x', '00', '-1', '1.5', '9999999999', '0/1', '']) {
    const asked = new Caller(selfOf(2), one.address).call('GET', `${path}/${nonsense}`, CALL);
    await t.rejects(asked, { code: 'NotFound' }, `chunk "${nonsense}"`);
  }
  stranger.close();
  await stop();
});

t.test('no snapshot can be given now: the member says so', async (t) => {
  const { one, two, stop } = await pair();
  t.equal(await failureOf(fetchInto(two, 1).done), 'busy', 'there is none');
  one.witness.openSnapshot = () => Promise.reject(new SnapshotRefusal('busy', 'too many'));
  t.equal(await failureOf(fetchInto(two, 1).done), 'busy', 'storage refuses');
  one.witness.openSnapshot = async () => new Source(1, 10);
  await fetchInto(two, 1).done;
  await stop();
});

t.test('a snapshot that was forgotten is closed', async (t) => {
  const { one, two, stop } = await pair({ snapshotIdleMs: 100, keepaliveMs: 50 });
  const source = new Source(3, 1000);
  one.witness.snapshot = source;
  await fetchInto(two, 1).done;
  for (let waited = 0; source.closed === 0 && waited < 5000; waited += 10) await sleep(10);
  t.equal(source.closed, 1);
  await stop();
  t.equal(source.closed, 1, 'once');
});

t.test('a chunk that is larger than may be is refused', async (t) => {
  const { one, two, stop } = await pair({ chunkBytes: 1000 });
  one.witness.snapshot = new Source(3, 1001);
  t.equal(await failureOf(fetchInto(two, 1).done), 'refused');
  await stop();
});

t.test('a member of another ensemble gets no snapshot', async (t) => {
  const one = await startTransport(1);
  const foreign = await startTransport(2, {
    cluster: clusterOf('some other secret that is long enough'),
  });
  one.witness.snapshot = new Source(3, 1000);
  introduce([one, foreign]);
  t.equal(await failureOf(fetchInto(foreign, 1).done), 'refused');
  await stopAll([one, foreign]);
});

t.test('what a snapshot is of keeps its meaning on the wire, or is refused', async (t) => {
  const meta = { id: '0123456789abcdef', mark: MARK };
  t.strictSame(decodeSnapshotMeta(encodeSnapshotMeta(meta)), meta);
  for (const unknown of [{ members: undefined }, { lastTime: undefined }]) {
    const less = { ...meta, mark: { ...MARK, ...unknown } };
    t.strictSame(decodeSnapshotMeta(encodeSnapshotMeta(less)), less);
  }
  const text = encodeSnapshotMeta(meta);
  const wrong = [
    ...['', 'null', '[]', '{}', '{"id":"0123456789abcdef"}', text.slice(1)],
    text.replace('0123', 'xyz '),
    text.replace('41', '-1'),
    text.replace('41', '"41"'),
    text.replace('0000000300000007', '7'),
    text.replace('[1,2]', '[0]'),
    text.replace('[1,2]', '{}'),
    text.replace('"digest":"d1ge57"', '"digest":1'),
    text.replace('1700000000000', '"soon"'),
  ];
  for (const bad of wrong) t.equal(decodeSnapshotMeta(bad), undefined, bad);
});
