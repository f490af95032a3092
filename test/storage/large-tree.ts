/** A directory with many znodes, made in large transactions. */
import type { Entry } from '../../raftlog/types.ts';
import { zxidOf } from '../../raftlog/zxid.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { OPEN_ACL } from '../../storage/tree/acl.ts';
import { applyTransaction } from '../../storage/tree/apply.ts';
import { encodeTransaction } from '../../storage/tree/codec.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { Change } from '../../storage/tree/types.ts';
import type { AppliedMark } from '../../storage/types.ts';
import { appended, IGNORE } from './snapshots.ts';
import { utf8 } from './workload.ts';

const PER_TRANSACTION = 1000;
const TIME = 1_700_000_000_000;

/** Fills `directory` with `count` znodes of `dataBytes` each; everything is in the tables. */
export async function makeLargeTree(
  directory: string,
  count: number,
  dataBytes: number,
): Promise<AppliedMark> {
  const storage = openSqliteStorage({
    directory,
    historyEntries: 10,
    onFatal: (error) => {
      throw error;
    },
  });
  await storage.recover(IGNORE);
  const state = new ReplicatedState();
  const members = { voters: [1, 2, 3], observers: [] };
  let mark: AppliedMark | undefined;
  for (let made = 0; made < count; made += PER_TRANSACTION) {
    const index = made / PER_TRANSACTION + 1;
    const zxid = zxidOf(1, index);
    const changes = Array.from({ length: PER_TRANSACTION }, (_, at): Change => {
      const number = made + at;
      const data = utf8(`${number}-`.padEnd(dataBytes, 'abcdefgh'));
      const rest = { mode: 'persistent', ephemeralOwner: '', ttlMs: 0, acl: OPEN_ACL } as const;
      const id = state.nextZnodeId + at;
      const path = `/znode-${String(number).padStart(8, '0')}`;
      // One is there already.
      const parentCreates = number + 2;
      return { op: 'create', id, path, parent: 1, parentCreates, data, ...rest };
    });
    const transaction = { time: TIME + index, changes };
    applyTransaction(state, zxid, transaction);
    const payload = encodeTransaction(transaction);
    const entry: Entry = { index, epoch: 1, zxid, type: 'transaction', payload };
    await appended(storage, [entry]);
    mark = { index, epoch: 1, zxid, digest: state.digest(), lastTime: state.lastTime, members };
    storage.applied(mark);
  }
  await storage.close();
  if (mark === undefined) throw new Error('a large tree has znodes');
  return mark;
}
