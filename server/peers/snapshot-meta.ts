/** What a snapshot is of, as JSON on the wire. */
import type { MemberId, Members } from '../../raftlog/types.ts';
import { formatZxid, parseZxid } from '../../raftlog/zxid.ts';
import { isEnsembleId } from './handshake.ts';
import type { SnapshotMeta } from './types.ts';

export function encodeSnapshotMeta({ id, mark }: SnapshotMeta): string {
  return JSON.stringify({ id, mark: { ...mark, zxid: formatZxid(mark.zxid) } });
}

/** Undefined when the text is none. */
export function decodeSnapshotMeta(text: string): SnapshotMeta | undefined {
  const value = record(parse(text));
  const mark = record(value?.['mark']);
  const id = value?.['id'];
  if (mark === undefined || typeof id !== 'string' || !SNAPSHOT_ID.test(id)) return undefined;
  const { index, epoch, zxid: zxidText, digest, lastTime, members: membersValue } = mark;
  const { ensemble } = mark;
  const zxid = typeof zxidText === 'string' ? parseZxid(zxidText) : undefined;
  const members = membersValue === undefined ? undefined : readMembers(membersValue);
  const whole =
    isCount(index) &&
    isCount(epoch) &&
    zxid !== undefined &&
    typeof digest === 'string' &&
    (isCount(lastTime) || lastTime === undefined) &&
    (ensemble === undefined || isEnsembleId(ensemble)) &&
    (members !== undefined || membersValue === undefined);
  if (!whole) return undefined;
  const founded = ensemble === undefined ? undefined : { ensemble };
  return { id, mark: { index, epoch, zxid, digest, lastTime, members, ...founded } };
}

const SNAPSHOT_ID = /^[0-9a-f]{16}$/;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function readMembers(value: unknown): Members | undefined {
  const { voters, observers } = record(value) ?? {};
  return isIds(voters) && isIds(observers) ? { voters, observers } : undefined;
}

function isIds(value: unknown): value is MemberId[] {
  return Array.isArray(value) && value.every((id) => isCount(id) && id >= 1 && id <= 255);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
