/*
 * Runs before every script of package.json that needs the dependencies: installs them from the
 * lockfile when they are missing or are those of another lockfile, so that a fresh clone needs no
 * other command; then makes sure that the Node which the script will get is new enough.
 *
 * Plain JavaScript without dependencies, because it runs before there are any, under whatever Node
 * the machine has (16 or newer).
 */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const WANTED = path.join(ROOT, 'package-lock.json');
/** What npm writes at the end of every installation: the part of the lockfile that is there. */
const INSTALLED = path.join(ROOT, 'node_modules', '.package-lock.json');
/** The same as `engines` in package.json: from here on Node runs TypeScript as it is. */
const OLDEST_NODE = [22, 18];

function packagesIn(lockfile) {
  try {
    return JSON.parse(fs.readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Whether each package of the lockfile is there in its version. */
function isInstalled() {
  const wanted = packagesIn(WANTED);
  const installed = packagesIn(INSTALLED);
  if (wanted === undefined || installed === undefined) return false;
  // A member needs none of the tools, and may have been installed without them.
  const starting = process.env.npm_lifecycle_event === 'prestart';
  return Object.entries(wanted).every(([name, { version, optional, devOptional, dev }]) => {
    if (name === '') return true;
    const found = installed[name];
    if (found === undefined) return optional || devOptional || (dev && starting);
    return found.version === version;
  });
}

function install() {
  console.error('paddock: installing the dependencies that package-lock.json names ...');
  const npm = process.env.npm_execpath || '';
  const [command, ...first] = npm.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm'];
  // No package needs its install script, what is native comes built; one of them would compile.
  const args = [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  console.error(`paddock: \`npm ci\` failed${error ? `: ${error.message}` : ', see above'}`);
  process.exit(1);
}

/** Scripts run with the first `node` in the PATH that npm gives them: the pinned one, if any. */
function checkRuntime() {
  const { stdout } = spawnSync('node', ['--version'], { encoding: 'utf8' });
  const version = String(stdout || '').trim();
  const [major, minor] = version.replace('v', '').split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `paddock: Node ${OLDEST_NODE.join('.')} or newer is needed, but here is ` +
      `${version || 'none that runs'}. A Node 24 comes with the dependencies only on Linux with ` +
      'glibc, on x64 and arm64: elsewhere install Node 24 from https://nodejs.org, and remove ' +
      'node_modules/.bin/node if there is one.',
  );
  process.exit(1);
}

if (!isInstalled()) install();
checkRuntime();
