/** Waiting for a state, with a time after which it is given up. */
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 30_000;
const LOOK_MS = 20;

/** Waits until `isSo` says yes; rejects with `what` when it has not within the time. */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = PATIENCE_MS,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(LOOK_MS);
  }
}
