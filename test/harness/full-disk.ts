/**
 * Loaded into a member before its own code (`--import`), also into its storage thread: what the
 * system says of the free bytes of a volume is what stands in the file `FREE_BYTES_FILE` instead.
 * Everything else of the disk is as it is.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const file = process.env['FREE_BYTES_FILE'];
const { statfsSync } = fs;

if (file !== undefined) {
  const told = (...args: Parameters<typeof statfsSync>) => {
    const bavail = Number(fs.readFileSync(file, 'utf8'));
    return { ...statfsSync(...args), bavail, bsize: 1 };
  };
  fs.statfsSync = told as typeof statfsSync;
  syncBuiltinESMExports();
}
