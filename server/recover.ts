/**
 * What a start does with what is on the disk: the tables become the tree, and the tree is proved
 * against the digest that was stored with it. Never guesses: what cannot be proved is refused, or
 * set aside where others can give it back.
 */
import { formatZxid } from '../raftlog/zxid.ts';
import {
  DamagedRows,
  loadAnswers,
  loadPosition,
  loadSessions,
  loadZnodes,
} from '../storage/tree/image.ts';
import { ReplicatedState } from '../storage/tree/state.ts';
import { type Recovered, type Storage, StorageRefusal } from '../storage/types.ts';

export interface RecoveryLog {
  info(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface RecoveredMember {
  readonly storage: Storage;
  readonly state: ReplicatedState;
  readonly recovered: Recovered;
}

/** What one of several has lost the others give back: a damaged directory is set aside. */
export async function recoverOrSetAside(
  open: (setAside: 'when-damaged' | 'always') => Storage,
  logger: RecoveryLog,
): Promise<RecoveredMember> {
  const storage = open('when-damaged');
  try {
    return await recover(storage, logger);
  } catch (error) {
    if (!(error instanceof StorageRefusal && error.reason === 'corrupt')) throw error;
    // The storage found nothing wrong, but its tables are not the tree that they say they are.
    logger.error({ reason: error.message }, 'the data directory is damaged');
    await storage.close().catch(() => undefined);
    return await recover(open('always'), logger);
  }
}

/** Loads the tables and proves them against the digest that was stored with them. */
export async function recover(storage: Storage, logger: RecoveryLog): Promise<RecoveredMember> {
  const state = new ReplicatedState();
  const recovered = await load(storage, state);
  const { tables, entries } = recovered;
  loadPosition(state, tables);
  if (tables.index > 0 && state.digest() !== tables.digest) {
    throw damaged(
      `they hold a tree with the digest ${state.digest()}, and ${tables.digest} was stored with ` +
        `them at zxid ${formatZxid(tables.zxid)}`,
    );
  }
  logger.info(
    { zxid: formatZxid(tables.zxid), znodes: state.tree.size, replayed: entries.length },
    'recovered',
  );
  if (recovered.setAside !== undefined) {
    logger.error({ reason: recovered.setAside }, 'a damaged data directory was set aside');
  }
  return { storage, state, recovered };
}

async function load(storage: Storage, state: ReplicatedState): Promise<Recovered> {
  try {
    return await storage.recover({
      sessions: (rows) => loadSessions(state, rows),
      znodes: (rows) => loadZnodes(state, rows),
      answers: (rows) => loadAnswers(state, rows),
    });
  } catch (error) {
    throw error instanceof DamagedRows ? damaged(error.message) : error;
  }
}

function damaged(what: string): StorageRefusal {
  const message = `the tables are damaged: ${what}; restore the data directory from a backup`;
  return new StorageRefusal('corrupt', message);
}
