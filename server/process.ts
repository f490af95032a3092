/** The process: configuration, start, signals, exit codes. The only place that ends the process. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TwoEnsembles } from '../raftlog/two-ensembles.ts';
import { scatterPaths } from '../storage/tree/path-key.ts';
import { StorageRefusal } from '../storage/types.ts';
import { type Config, ConfigError, readConfig, usage } from './config.ts';
import { type Member, startMember } from './member.ts';

/** Exit codes, after sysexits(3). */
const EXIT = { ok: 0, usage: 64, internal: 70, data: 65, io: 74, config: 78 } as const;

function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return EXIT.config;
  if (error instanceof TwoEnsembles) return EXIT.data;
  if (error instanceof StorageRefusal) return error.reason === 'io' ? EXIT.io : EXIT.data;
  return EXIT.internal;
}

/** One line for what an operator can change, the whole stack for what is our fault. */
function complain(error: unknown): void {
  const refusals = [ConfigError, StorageRefusal, TwoEnsembles];
  const expected = refusals.some((kind) => error instanceof kind);
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    console.error(`paddock: cannot listen: ${(error as Error).message}`);
  } else if (expected) {
    console.error(`paddock: ${(error as Error).message}`);
  } else {
    console.error('paddock:', error);
  }
}

function crash(error: unknown): void {
  complain(error);
  process.exit(exitCodeOf(error));
}

function onSignals(member: Member, { tls, ensemble }: Config): void {
  const stop = () => {
    member.stop().then(() => process.exit(EXIT.ok), crash);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Without certificates there is nothing to read again, and SIGHUP ends it: its terminal is gone.
  if (tls === undefined && ensemble?.tls === undefined) return;
  process.on('SIGHUP', () => member.renewTls());
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(usage());
    return;
  }
  if (args.includes('--version')) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  const config = readConfig(args, process.env);
  // Before there is a tree.
  scatterPaths(randomBytes(4).readUInt32LE());
  const member = await startMember({ config, version: version(), onFatal: crash });
  onSignals(member, config);
  process.stdout.write(`paddock ${version()} listening on ${member.url}\n`);
}

// A promise or a callback that fails unnoticed has left the member in a state that nobody thought
// of: it ends, and starts again from what is durable.
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
/** Runs a member until it is told to stop. */
export function run(): void {
  main().catch(crash);
}
