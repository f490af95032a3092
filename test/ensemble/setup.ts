/**
 * An ensemble for a test: it ends with the test, and when the test has failed the end of what each
 * member logged is shown, for a failure that comes once in a hundred runs is to be explained, too.
 */
import type { Test } from 'tap';
import { WsDriver } from '../conformance/ws-driver.ts';
import { Ensemble, type EnsembleMember, type EnsembleOptions } from '../harness/ensemble.ts';
import type { Ledger } from './ledger.ts';

/** A leader that is lost is replaced within this: 2.5 times the election timeout, ms. */
export const GAP_MS = 2500;
/** What a loaded machine adds to a bound, ms. */
export const SLACK_MS = 3000;

const LOG_LINES = 60;

/** `prepared`: what is done to it before its members start. */
export async function startEnsemble(
  t: Test,
  options: EnsembleOptions = {},
  prepared: (ensemble: Ensemble) => Promise<void> = async () => undefined,
): Promise<Ensemble> {
  const ensemble = await Ensemble.prepare(options);
  await prepared(ensemble);
  t.teardown(async () => {
    if (!t.passing()) showLogs(ensemble);
    await ensemble.end();
  });
  await Promise.all(ensemble.members.map((member) => member.start()));
  await ensemble.whole();
  return ensemble;
}

function showLogs(ensemble: Ensemble): void {
  for (const { id, output } of ensemble.members) {
    const lines = output.trimEnd().split('\n').slice(-LOG_LINES);
    console.error(`member ${id}:\n  ${lines.join('\n  ')}`);
  }
}

/** A client that is gone with the test. */
export async function clientOf(
  t: Test,
  member: EnsembleMember,
  timeoutMs = 30_000,
): Promise<WsDriver> {
  const client = await WsDriver.connect(member.wsUrl, { timeoutMs });
  t.teardown(() => client.disconnect());
  return client;
}

/**
 * When nobody writes any more: all members agree, and what is there is what was answered, as the
 * member shows it that is given or the first one.
 */
export async function agrees(
  t: Test,
  ensemble: Ensemble,
  ledger: Ledger,
  reader?: EnsembleMember,
): Promise<void> {
  const digests = await ensemble.digests();
  t.equal(new Set(digests).size, 1, `the trees of all ${digests.length} are equal`);
  const member = reader ?? ensemble.running[0];
  if (member === undefined) throw new Error('nobody runs');
  const client = await clientOf(t, member);
  const { attempts } = ledger;
  const what = `${ledger.count('acked')} of ${attempts.length} acknowledged, each as it was`;
  t.same(await ledger.verify(client), [], what);
}
