/** How snapshots go from member to member: chunk by chunk, beside the streams. */
import type { MemberId } from '../../../raftlog/types.ts';
import { type FetchSnapshotOptions, SnapshotFailure } from '../../../server/peers/types.ts';
import type { SnapshotSource } from '../../../storage/types.ts';
import type { StreamEnd, Streams } from './streams.ts';

/** Nothing came for so long, ms. */
const STALL_MS = 5000;
/** What nobody asks about for so long is closed, ms: the log behind it is trimmed again. */
const IDLE_MS = 8000;

/** A member that can give snapshots to others. */
export interface SnapshotGiver extends StreamEnd {
  /** What it has open for others, by who they are. */
  readonly shelf: Map<MemberId, SnapshotSource>;
  /** Settles after a while, in this process; never in another one. */
  sleep(ms: number): Promise<void>;
}

/** A member that fetches one. */
export interface SnapshotTaker extends StreamEnd {
  /** Settles after a while, in this process; never in another one. */
  sleep(ms: number): Promise<void>;
}

export async function fetchSnapshot(
  network: Streams,
  taker: SnapshotTaker,
  giver: SnapshotGiver | undefined,
  { onMeta, onChunk }: FetchSnapshotOptions,
): Promise<void> {
  const process = giver?.process ?? 0;
  const arrive = async () => {
    await taker.sleep(network.delay());
    const isThere = giver?.running === true && !giver.paused && network.isOpen(giver.id, taker.id);
    if (!isThere) {
      await taker.sleep(STALL_MS);
      throw new SnapshotFailure('unreachable', 'nothing came for too long');
    }
    if (giver.process !== process) throw new SnapshotFailure('gone', 'another process');
    return giver;
  };
  const source = await (await arrive()).handler?.openSnapshot(taker.id);
  const { shelf } = await arrive();
  if (source === undefined) throw new SnapshotFailure('busy', 'there is none now');
  shelf.get(taker.id)?.close();
  shelf.set(taker.id, source);
  const close = () => {
    source.close();
    if (shelf.get(taker.id) === source) shelf.delete(taker.id);
  };
  void giver?.sleep(IDLE_MS).then(close);
  await onMeta({ id: String(source.mark.index), mark: source.mark });
  for (let chunk = 0; ; chunk += 1) {
    await arrive();
    const bytes = await source.read(chunk).catch(() => {
      throw new SnapshotFailure('gone', 'it was closed');
    });
    await arrive();
    if (bytes === undefined) {
      close();
      return;
    }
    await onChunk(bytes, chunk);
  }
}
