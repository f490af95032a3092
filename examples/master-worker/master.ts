/**
 * A master, or its standby: `node examples/master-worker/master.ts NAME`. Start as many as you
 * like; one leads, and when it is gone another does.
 *
 * Whoever creates the ephemeral /master leads, and writes only in transactions that check that this
 * very znode is still there: a master that was paused and comes back too late cannot act any more.
 * It keeps nothing that it could lose: each round it reads the whole state at one point in time and
 * brings it in order, and a change of the state is only the reason for another round.
 */
import { ConnectionLost, Refused, type Request, Session, SessionEnded } from '../connection.ts';
import { type Assignment, plan, type State } from './plan.ts';

const member = process.env['MEMBER'] ?? 'http://127.0.0.1:7181';
const name = process.argv[2] ?? `master-${process.pid}`;
/** A standby takes over this long after the master has fallen silent. */
const TIMEOUT_MS = Number(process.env['SESSION_TIMEOUT_MS'] ?? 3000);
const SETTLE_MS = 50;

function log(text: string): void {
  console.log(`${name}: ${text}`);
}

interface Stat {
  readonly mzxid: string;
  readonly ephemeralOwner?: string;
}

/** Resolves when this session owns /master, with the znode's mzxid: the fencing token. */
async function campaign(session: Session): Promise<string> {
  for (;;) {
    const gone = new Promise<void>((resolve, reject) => {
      session.onEvent = () => resolve();
      session.onLost = () => reject(new ConnectionLost('while standing by'));
    });
    gone.catch(() => {});
    try {
      const create = { op: 'create', path: '/master', mode: 'ephemeral', data: name };
      return (await session.request<{ stat: Stat }>(create)).result.stat.mzxid;
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'NodeExists') throw error;
    }
    const exists = { op: 'exists', path: '/master', watch: true };
    const { stat } = (await session.request<{ stat?: Stat }>(exists)).result;
    // After a lost connection it may be our own: the session and its ephemerals outlived it.
    if (stat?.ephemeralOwner === session.id) return stat.mzxid;
    if (stat !== undefined) {
      log('standing by');
      await gone;
    }
  }
}

/** Leads until the connection is lost or another one leads. */
async function lead(session: Session, token: string): Promise<void> {
  let wake = () => {};
  let changed = true;
  let lost = false;
  session.onEvent = () => {
    changed = true;
    wake();
  };
  session.onLost = () => {
    lost = true;
    wake();
  };
  for (const path of ['/master', '/tasks', '/workers', '/assign']) {
    await session.request({ op: 'addWatch', path, mode: 'persistentRecursive' });
  }
  for (;;) {
    if (lost) throw new ConnectionLost('while leading');
    if (!changed) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    changed = false;
    let refused = false;
    const state = await read(session);
    if (state.master !== token) return;
    for (const request of requestsFor(state, token)) {
      if (!(await attempt(session, request))) refused = true;
    }
    if (refused) {
      // Something is not as it was read: after a moment for it to settle, another round.
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      changed = true;
    }
  }
}

interface Listed {
  readonly children?: readonly { readonly name: string }[];
  readonly stat?: Stat;
}

/** Reads everything that matters, in one request for all and one for the workers' assignments. */
async function read(session: Session): Promise<State> {
  const lists = ['/tasks', '/workers', '/assign'].map((path) => ({ op: 'children', path }));
  const first = await readAll(session, [{ op: 'exists', path: '/master' }, ...lists]);
  const [master, tasks, workers, assignees] = first;
  const holders = namesOf(assignees);
  const held = await readAll(
    session,
    holders.map((worker) => ({ op: 'children', path: `/assign/${worker}` })),
  );
  const assigned = new Map(holders.map((worker, at) => [worker, namesOf(held[at])]));
  return {
    master: master?.stat?.mzxid,
    tasks: namesOf(tasks),
    workers: namesOf(workers),
    assigned,
  };
}

/** One request for as many reads as there are; what is not there reads as empty. */
async function readAll(session: Session, ops: readonly Request[]): Promise<readonly Listed[]> {
  if (ops.length === 0) return [];
  return (await session.request<{ results: readonly Listed[] }>({ op: 'read', ops })).result
    .results;
}

function namesOf(listed: Listed | undefined): readonly string[] {
  return listed?.children?.map((child) => child.name) ?? [];
}

/** Each is a transaction of its own, and each first checks that this master still leads. */
function requestsFor(state: State, token: string): Request[] {
  const { assign, withdraw, dismiss } = plan(state);
  const leading = { op: 'check', path: '/master', etag: token };
  const at = ({ worker, task }: Assignment) => `/assign/${worker}/${task}`;
  return [
    ...withdraw.map((assignment) => [{ op: 'delete', path: at(assignment) }]),
    ...dismiss.map((worker) => [{ op: 'delete', path: `/assign/${worker}` }]),
    ...assign.map((assignment) => [
      { op: 'check', path: `/tasks/${assignment.task}` },
      { op: 'check', path: `/workers/${assignment.worker}` },
      { op: 'create', path: at(assignment), parents: true },
    ]),
  ].map((ops) => ({ op: 'transaction', ops: [leading, ...ops] }));
}

/** Whether the request took effect. Throws when it is unknown. */
async function attempt(session: Session, request: Request): Promise<boolean> {
  try {
    await session.request(request);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

let session = await Session.open(member, TIMEOUT_MS);
for (;;) {
  try {
    await session.connect();
    const token = await campaign(session);
    log('leading');
    await lead(session, token);
  } catch (error) {
    if (error instanceof SessionEnded) {
      log('the session has ended, beginning anew');
      session = await Session.open(member, TIMEOUT_MS);
    } else if (!(error instanceof ConnectionLost)) {
      throw error;
    }
  }
}
