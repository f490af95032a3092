/** What a test needs beyond npm: installed from Debian where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Why `file`, which the package has, is not here; undefined when it is. */
export function missing(name: string, file: string): string | undefined {
  if (existsSync(file)) return undefined;
  if (process.getuid?.() !== 0) return `${name} is not installed, and only root could install it`;
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  if (!apt('update') || !apt('install', '-y', '--no-install-recommends', name)) {
    return `${name} could not be installed from the Debian packages`;
  }
  return existsSync(file) ? undefined : `the package has no ${file}`;
}
