/**
 * What the ensemble tells of the past, and whether it agrees with what clients were told at the
 * time: what was acknowledged is in it, what was refused is not, and whoever was refused for the
 * sake of another change finds that change in it.
 */
import { isEvent, WsDriver } from '../conformance/ws-driver.ts';
import type { Target } from './channel.ts';
import { COUNTER, type Edit, LOST_CODE, ROOT } from './edits.ts';
import { type Findings, realTimeFindings } from './ledger.ts';

export interface Change {
  readonly event: string;
  readonly path: string;
  readonly zxid: string;
  readonly data: string | undefined;
  readonly version: number | undefined;
}

/** More of one kind tell nothing new. */
const FINDINGS_SHOWN = 20;
const PATIENCE_MS = 30_000;

/** Every change below `ROOT` since `since`, as one member tells it, up to the one at `until`. */
export async function historyOf(target: Target, since: string, until: string): Promise<Change[]> {
  const driver = await WsDriver.connect(target.wsUrl);
  await driver.addWatch(ROOT, 'persistentRecursive', { since, include: ['stat', 'data'] });
  await driver.until((message) => isEvent(message) && message.zxid >= until, PATIENCE_MS);
  driver.disconnect();
  return driver.arrived.filter(isEvent).map(({ event, path, zxid, data, stat }) => {
    return { event, path, zxid, data, version: stat?.version };
  });
}

/** What is wrong, in words; nothing when all is well. */
export function findingsOf(edits: readonly Edit[], history: readonly Change[]): Findings {
  const changes = new Map<string, Change[]>();
  for (const change of history) {
    const id = change.event === 'nodeDeleted' ? change.path : (change.data ?? '');
    const same = changes.get(id);
    if (same === undefined) changes.set(id, [change]);
    else same.push(change);
  }
  const states = new Set(history.map(({ path, zxid, version }) => `${path} ${zxid} ${version}`));
  const findings = edits.flatMap((edit) => [
    ...presence(edit, changes.get(edit.id) ?? []),
    ...answerFindings(edit, states),
  ]);
  const acked = edits.map(({ id, begin, end, fate }) => {
    const zxid = fate?.kind === 'acked' ? fate.zxid : undefined;
    return { data: id, begin, end, zxid };
  });
  findings.push(...realTimeFindings(acked), ...countFindings(edits, history));
  return findings.slice(0, FINDINGS_SHOWN);
}

/** Whether what is in the history of an edit is what its client was told. */
function presence({ kind, id, paths, fate }: Edit, found: readonly Change[]): Findings {
  const what = `${kind} ${id}`;
  const zxids = new Set(found.map(({ zxid }) => zxid));
  const places = found.map(({ path }) => path).join();
  if (found.length > 0 && (places !== paths.join() || zxids.size !== 1)) {
    return [`${what} is at ${places} under ${[...zxids]}: neither whole nor absent`];
  }
  const [zxid] = zxids;
  switch (fate?.kind) {
    case 'acked':
      if (zxid === undefined) return [`${what} was acknowledged and is nowhere`];
      if (fate.zxid === undefined || fate.zxid === zxid) return [];
      return [`${what} was acknowledged at ${fate.zxid} and is at ${zxid}`];
    case 'refused':
      return zxid === undefined ? [] : [`${what} was refused and is at ${zxid}`];
    case 'unknown':
      return [];
    default:
      return [`${what} was never answered`];
  }
}

const STATUS: Readonly<Record<string, number>> = {
  NotReady: 503,
  BadVersion: 412,
  OutcomeUnknown: 504,
};

/** Whether the answer was one that this edit may have, and true. */
function answerFindings({ kind, id, version, fate }: Edit, states: Set<string>): Findings {
  const what = `${kind} ${id}`;
  const mustFail = kind === 'wrong' || kind === 'failing';
  if (fate?.kind === 'acked') return mustFail ? [`${what} was not refused`] : [];
  if (fate?.kind === 'unknown') {
    const { code, status } = fate;
    if (code === LOST_CODE) return [];
    const known = status === undefined || status === STATUS[code];
    return code === 'OutcomeUnknown' && known ? [] : [`${what} was answered ${status} ${code}`];
  }
  if (fate?.kind !== 'refused') return [];
  const { code, status, stat, path } = fate.problem;
  const expected = mustFail || kind === 'conditional' ? ['BadVersion', 'NotReady'] : ['NotReady'];
  if (!expected.includes(code)) return [`${what} was refused with ${status} ${code}`];
  if (status !== undefined && status !== STATUS[code]) return [`${what}: ${status} for ${code}`];
  if (code !== 'BadVersion' || stat === undefined) return [];
  // The first state of a znode was there before the history begins.
  const was = stat.version === 0 || states.has(`${path} ${stat.mzxid} ${stat.version}`);
  if (stat.version === version || !was) {
    return [`${what} was refused for version ${stat.version} at ${stat.mzxid}, which never was`];
  }
  return [];
}

/** Of those who change the same under a condition, each took what the one before had left. */
function countFindings(edits: readonly Edit[], history: readonly Change[]): Findings {
  const wanted = new Map(edits.map(({ id, version }) => [id, version]));
  const findings: Findings = [];
  let last = 0;
  for (const { path, version = 0, data = '' } of history) {
    if (path !== COUNTER) continue;
    if (version !== last + 1) findings.push(`version ${version} came after ${last}`);
    if (wanted.get(data) !== last) {
      findings.push(`${data} wanted version ${wanted.get(data)} and changed ${last}`);
    }
    last = version;
  }
  return findings;
}
