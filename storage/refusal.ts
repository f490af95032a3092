/** What an error of SQLite or of the file system means for the data directory. */
import { AssertionError } from '../raftlog/assert.ts';
import { StorageRefusal } from './types.ts';

const IO_ADVICE = 'check the volume, its free space and who may write to it';

/** Prefixes of SQLite's result codes, and what they stand for. */
const SQLITE_REASONS: readonly (readonly [prefix: string, reason: StorageRefusal['reason']])[] = [
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_FORMAT', 'corrupt'],
  ['SQLITE_MISMATCH', 'corrupt'],
  // A statement that does not fit the schema: the schema is not what it was.
  ['SQLITE_ERROR', 'corrupt'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
];

/**
 * Turns whatever was thrown into a refusal; our own mistakes stay what they are. While a directory
 * is read for the first time (`reading`), what does not fit our types comes from damaged bytes.
 */
export function refusalOf(
  error: unknown,
  reading: boolean,
): StorageRefusal | (Error & { reason?: undefined }) {
  if (error instanceof StorageRefusal) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof AssertionError) return error;
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code.startsWith('SQLITE_')) {
    const known = SQLITE_REASONS.find(([prefix]) => code.startsWith(prefix));
    return refusal(known?.[1] ?? 'io', `${error.message} (${code})`, error);
  }
  if (typeof (error as NodeJS.ErrnoException).errno === 'number') {
    return refusal('io', error.message, error);
  }
  return reading ? refusal('corrupt', error.message, error) : error;
}

function refusal(reason: StorageRefusal['reason'], what: string, cause: Error): StorageRefusal {
  const advice: Record<StorageRefusal['reason'], string> = {
    corrupt: 'restore the data directory from a backup',
    io: IO_ADVICE,
    locked: 'another process has the database open: stop it first',
    'newer-format': '',
    'unsafe-settings': '',
  };
  return new StorageRefusal(
    reason,
    `the data directory cannot be used: ${what}; ${advice[reason]}`,
    {
      cause,
    },
  );
}
