/**
 * Runs the files of cases of this folder against an ensemble of three members, one of them an
 * observer where that is the role, with the clients of the cases at the member of one role. The
 * files about certificates have one of two members that speak TLS to everybody, after the other has
 * ended.
 *
 * Who leads may change while the cases run, on a machine that has too much to do: therefore it is
 * looked up again for each file. `node test/conformance/through-follower.test.ts quotas` runs only
 * those files whose name contains the word.
 */
import { readdirSync } from 'node:fs';
import t, { type Test } from 'tap';
import { startEnsemble } from '../ensemble/setup.ts';
import type { Ensemble, EnsembleMember, EnsembleOptions } from '../harness/ensemble.ts';
import { startMember } from '../harness/member.ts';
import { digestId } from './driver.ts';
import { believing, SECURED, SECURED_PEERS } from './secured.ts';
import { type Endpoint, endpointOf, runAt } from './specification.ts';

export type Role = 'the leader' | 'a follower' | 'an observer';

/** What cases ask for by `withMember`: all members have it. */
const ARGS = ['--super-digest', digestId('root', 'all mighty')];

/**
 * Files of cases. Where a file has tests beside them, with members of their own, these are given to
 * `withOwnMembers`, and run in alone.test.ts.
 */
const PLAIN_FILES = [
  ...['batch-reads', 'chroot', 'conditions', 'connection', 'consistency', 'counting'],
  ...['events', 'exactly-once', 'identity'],
  ...['modes', 'order-of-checks', 'paging', 'paths', 'quotas', 'random-operations', 'sequential'],
  ...['session-clients', 'sessions', 'stat', 'transactions', 'trigger-table', 'waiting'],
  ...['watch-order', 'watches', 'event-acl', 'set-watches', 'list-then-watch'],
  ...['freshness', 'reaping', 'takeover', 'explain', 'outsider', 'quota-acl'],
  ...['event-acl-table', 'root', 'sizes'],
];

/** Those whose clients show certificates. */
const SECURED_FILES = ['acl-table', 'x509'];

function isAsked(name: string): boolean {
  return process.argv.slice(2).every((word) => name.includes(word));
}

/** All cases, on a machine that has too much to do, ms. */
const ALL_CASES_MS = 230_000;

export async function throughRole(role: Role): Promise<void> {
  t.setTimeout(ALL_CASES_MS);
  const observes = role === 'an observer';
  const three = observes ? { voters: 2, observers: 1 } : { voters: 3 };
  const plain = { ...three, args: ARGS };
  const pair = observes ? { voters: 1, observers: 1 } : { voters: 2 };
  const secured = { ...pair, args: [...SECURED, ...SECURED_PEERS], tls: believing };
  const timeout = ALL_CASES_MS;
  const { plainly, securely } = askedFiles();
  if (plainly.length > 0) {
    await t.test(`through ${role}`, { timeout }, (t) => runFiles(t, role, plainly, plain));
  }
  if (securely.length > 0) {
    const name = `through ${role}, over TLS`;
    await t.test(name, { timeout }, (t) => runFiles(t, role, securely, secured));
  }
}

/** All cases at one member; a file that asks for flags of its own has another one. */
export async function alone(): Promise<void> {
  t.setTimeout(ALL_CASES_MS);
  const { plainly, securely } = askedFiles();
  await t.test('alone', { timeout: ALL_CASES_MS }, async (t) => {
    const member = await startMember({ args: ARGS });
    for (const name of [...plainly, ...securely]) {
      runAt({ t, name: `${name} `, leads: true, members: [endpointOf(member)] });
      await runFile(name);
    }
    await member.stop();
  });
}

function askedFiles() {
  t.strictSame([...PLAIN_FILES, ...SECURED_FILES].sort(), filesOfCases(), 'no file is left out');
  return { plainly: PLAIN_FILES.filter(isAsked), securely: SECURED_FILES.filter(isAsked) };
}

const SUFFIX = '.cases.ts';

function filesOfCases(): string[] {
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith(SUFFIX));
  return files.map((name) => name.slice(0, -SUFFIX.length)).sort();
}

function runFile(name: string): Promise<unknown> {
  return import(new URL(`${name}${SUFFIX}`, import.meta.url).href);
}

async function runFiles(
  t: Test,
  role: Role,
  files: readonly string[],
  options: EnsembleOptions,
): Promise<void> {
  const ensemble = await startEnsemble(t, options);
  for (const name of files) {
    const leader = await ensemble.whole();
    const member = memberOf(ensemble, leader, role);
    const others = ensemble.others(member).map(endpointIn);
    runAt({
      t,
      name: `${name} `,
      leads: member === leader,
      members: [endpointIn(member), ...others],
    });
    await runFile(name);
  }
  const digests = await ensemble.digests();
  t.equal(new Set(digests).size, 1, 'afterwards all members hold the same');
}

function endpointIn(member: EnsembleMember): Endpoint {
  const { id, url, wsUrl, port, tls } = member;
  const output = () => member.output;
  return { id, url, wsUrl, port, output, ...(tls === undefined ? {} : { tls }) };
}

function memberOf(ensemble: Ensemble, leader: EnsembleMember, role: Role): EnsembleMember {
  const found = {
    'the leader': () => leader,
    'a follower': () => ensemble.others(leader).find(({ votes }) => votes),
    'an observer': () => ensemble.members.find(({ votes }) => !votes),
  }[role]();
  if (found === undefined) throw new Error(`the ensemble has not got ${role}`);
  return found;
}
