/**
 * Debian packages of the peers: what is there, what is missing, and installing it when the user
 * has asked for that.
 */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Requirement {
  readonly file: string;
  readonly package: string;
}

export const ZOOKEEPER_REQUIREMENTS: readonly Requirement[] = [
  { file: '/usr/share/java/zookeeper.jar', package: 'libzookeeper-java' },
  { file: '/usr/share/java/slf4j-simple.jar', package: 'libslf4j-java' },
  { file: '/usr/bin/java', package: 'default-jdk-headless' },
  { file: '/usr/bin/javac', package: 'default-jdk-headless' },
];

export const ETCD_REQUIREMENTS: readonly Requirement[] = [
  { file: '/usr/bin/etcd', package: 'etcd-server' },
];

export const WRK_REQUIREMENTS: readonly Requirement[] = [{ file: '/usr/bin/wrk', package: 'wrk' }];

/** Packages of the list whose file is not there, each once. */
export function missing(requirements: readonly Requirement[]): string[] {
  const absent = requirements.filter((each) => !existsSync(each.file));
  return [...new Set(absent.map((each) => each.package))];
}

/** Installs what is missing with apt-get; says what it does and why not. */
export function install(): void {
  const packages = missing([...ZOOKEEPER_REQUIREMENTS, ...ETCD_REQUIREMENTS, ...WRK_REQUIREMENTS]);
  if (packages.length === 0) {
    process.stderr.write('--install: every package is there already\n');
    return;
  }
  if (process.getuid?.() !== 0) {
    process.stderr.write(`--install: needs root to install ${packages.join(' ')}\n`);
    return;
  }
  process.stderr.write(`--install: apt-get install ${packages.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options: SpawnSyncOptions = { stdio: ['ignore', 2, 2], env };
  spawnSync('apt-get', ['update', '-qq'], options);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { status } = spawnSync('apt-get', args, options);
  if (status !== 0) process.stderr.write('--install: apt-get failed; peers are skipped\n');
}
