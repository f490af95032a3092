/**
 * A member that gives a snapshot of a large directory away, and tells what it took.
 * `node --expose-gc snapshot-sender.ts <directory>`
 */
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { IGNORE } from './snapshots.ts';

const [directory = ''] = process.argv.slice(2);
const storage = openSqliteStorage({
  directory,
  historyEntries: 10,
  onFatal: (error) => {
    throw error;
  },
});
await storage.recover(IGNORE);
globalThis.gc?.();
const before = process.memoryUsage.rss();
const source = await storage.openSnapshot();
let peak = before;
let bytes = 0;
let largest = 0;
let chunks = 0;
const start = performance.now();
for (;;) {
  const chunk = await source.read(chunks);
  if (chunk === undefined) break;
  chunks += 1;
  bytes += chunk.byteLength;
  largest = Math.max(largest, chunk.byteLength);
  // What was sent is given back at once: measured is what the storage itself takes.
  if (chunk.buffer instanceof ArrayBuffer) chunk.buffer.transfer(0);
  peak = Math.max(peak, process.memoryUsage.rss());
}
const ms = performance.now() - start;
source.close();
await storage.close();
process.stdout.write(`${JSON.stringify({ chunks, bytes, largest, grown: peak - before, ms })}\n`);
