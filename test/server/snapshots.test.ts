/** Snapshots that arrive whole and are not what they say they are. */
import t from 'tap';
import { zxidOf } from '../../raftlog/zxid.ts';
import type { PeerTransport } from '../../server/peers/types.ts';
import { PeerSnapshots } from '../../server/snapshots.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import { type SnapshotInstall, SnapshotRefusal, type Storage } from '../../storage/types.ts';

const MARK = {
  ...{ index: 5, epoch: 1, zxid: zxidOf(1, 4) },
  ...{ digest: 'x', lastTime: 0, members: undefined },
};

/** A snapshot whose installation ends in `error`; and what was said and done about it. */
async function fetched(error: Error) {
  const said: string[] = [];
  const done: string[] = [];
  const install = {
    complete: true,
    add: () => Promise.resolve(),
    finish: () => Promise.reject(error),
    abandon: async () => void done.push('abandoned'),
  } as unknown as SnapshotInstall;
  const storage = { install: () => install } as unknown as Storage;
  const fetch = (async (_, { onMeta }) => {
    onMeta({ id: 's', mark: MARK });
  }) as PeerTransport['fetchSnapshot'];
  const say = (_: object, text: string) => void said.push(text);
  const snapshot = await new PeerSnapshots(storage, fetch, { info: say, warn: say }).fetch(1);
  if (snapshot === undefined) throw new Error('it has arrived');
  return { snapshot, said, done };
}

t.test('one that proves nothing is given up, and nothing else happens', async (t) => {
  const { snapshot, said, done } = await fetched(new SnapshotRefusal('damaged', 'of no use'));
  t.equal(await snapshot.install(new ReplicatedState()), false);
  t.same(said, ['receiving a snapshot', 'the snapshot cannot be put in force']);
  t.same(done, ['abandoned']);
});

t.test('a disk that fails is another matter', async (t) => {
  const { snapshot } = await fetched(new Error('EIO'));
  await t.rejects(snapshot.install(new ReplicatedState()), { message: 'EIO' });
});
