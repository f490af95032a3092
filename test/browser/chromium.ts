/**
 * Headless Chromium for tests: Debian's, installed when it is missing and the user may install
 * packages. A test that cannot have it says so loudly.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missing } from '../harness/debian.ts';

const CHROMIUM = '/usr/bin/chromium';

/** Nothing of it may look for anything outside this machine. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why there is no Chromium here, undefined when there is one. */
export function chromiumMissing(): string | undefined {
  return missing('chromium', CHROMIUM);
}

/** Opens a page; the returned function ends the browser and removes what it kept. */
export function openPage(url: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'paddock-browser-'));
  const browser: ChildProcess = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, url], {
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((resolve) => browser.once('close', () => resolve()));
  return async () => {
    if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
