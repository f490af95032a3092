/** Files that settings name, and those of them that nobody else may read. */
import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './config-values.ts';

/** Writing for the group, and anything for others. A group may read: secrets are handed over so. */
const TOO_OPEN = 0o027;

/** The content of the file that the setting `name` gives. Throws `ConfigError`. */
export function readSettingFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${name}: cannot read ${file}: ${reason}`);
  }
}

/** The same for a secret: refused when others can read it, for then it is none. */
export function readSecretFile(name: string, file: string): string {
  const content = readSettingFile(name, file);
  // Elsewhere modes say nothing.
  if (process.platform === 'win32' || (statSync(file).mode & TOO_OPEN) === 0) return content;
  throw new ConfigError(
    `${name}: ${file} can be read by others than its owner, or changed; make it secret with: ` +
      `chmod 600 ${file}`,
  );
}
