/**
 * What must hold after whatever was sent to a member: it is alive and answers a plain request
 * within a second; it never failed for a reason of its own; what it said shows nothing of its
 * inside; and what it refused has changed nothing.
 */
import type { Test } from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import type { MemberProcess } from '../harness/process.ts';
import { mismatch } from './contract.ts';

/** A probe that takes longer says that something holds the member up, ms. */
const PROBE_MS = 1000;

/** A member that takes longer to stop waits for something that never comes, ms. */
const STOP_MS = 6000;

export interface TreeState {
  readonly zxid: string;
  readonly digest: string;
}

export class Oracle {
  readonly t: Test;
  readonly member: MemberProcess;
  readonly http: HttpClient;
  inputs = 0;
  /** Findings, of which the first few are told; one finding per input at most. */
  #findings = 0;

  constructor(t: Test, member: MemberProcess) {
    this.t = t;
    this.member = member;
    this.http = new HttpClient(member.port);
    t.teardown(() => this.http.close());
  }

  /** Says what was found wrong with the answer to `input`; nothing when `wrong` is undefined. */
  judge(input: string, wrong: string | undefined): void {
    this.inputs += 1;
    if (wrong === undefined) return;
    this.#findings += 1;
    if (this.#findings <= 20) this.t.fail(`${shortened(input)}: ${shortened(wrong, 600)}`);
  }

  /** What is wrong with an answer, whatever it answers. */
  faults(status: number, contentType: string, text: string): string | undefined {
    if (status >= 500 && status !== 503) return `status ${status}: ${text}`;
    const leaked = status >= 400 ? this.leak(text) : undefined;
    if (leaked !== undefined) return `the answer shows ${leaked}`;
    if (!contentType.startsWith('application/problem+json')) {
      return status >= 400 && text !== '' ? `${status} is no problem document: ${text}` : undefined;
    }
    // An answer to HEAD has the headers of a problem and not its body.
    if (text === '') return undefined;
    try {
      return mismatch('Problem', JSON.parse(text));
    } catch {
      return `a problem document that is no JSON: ${text}`;
    }
  }

  /** What of the inside `text` shows. */
  leak(text: string): string | undefined {
    for (const secret of [
      process.cwd(),
      this.member.dataDir,
      'node_modules',
      '.ts:',
      'node:internal',
    ]) {
      if (text.includes(secret)) return secret;
    }
    return /\n?\s+at \S+ \(|\bSQLITE_|Error:/.exec(text)?.[0];
  }

  /** Where the tree is. Reading it is the probe as well. */
  async state(): Promise<TreeState> {
    const began = performance.now();
    const answer = await this.http.send({ target: '/v1/ensemble' });
    const elapsed = performance.now() - began;
    if (elapsed > PROBE_MS) this.t.fail(`a probe took ${elapsed} ms`);
    const { zxid = '', digest = '' } = answer.json<{ members: TreeState[] }>().members[0] ?? {};
    return { zxid, digest };
  }

  /** The member is alive, serves, has had no trouble of its own, and stops in good order. */
  async unharmed(): Promise<void> {
    const { t, member } = this;
    const began = performance.now();
    const answer = await this.http.send({ method: 'PUT', target: '/v1/znodes/probe', body: 'x' });
    const elapsed = performance.now() - began;
    t.ok(answer.status === 200 || answer.status === 201, `it still writes: ${answer.status}`);
    t.ok(elapsed < PROBE_MS, `within ${elapsed} ms`);
    process.kill(member.pid, 0);
    const complaints = member
      .output()
      .split('\n')
      .filter((line) => /"level":[56]0/.test(line) || /^paddock:/.test(line));
    t.strictSame(complaints, [], 'it has nothing to complain of');
    const asked = performance.now();
    await member.stop();
    t.ok(performance.now() - asked < STOP_MS, 'and stops when asked to: nothing was left hanging');
    t.comment(`${this.inputs} inputs, ${this.#findings} findings`);
  }
}

export function shortened(text: string, length = 300): string {
  const plain = text.replaceAll(/[^ -~]/g, '·');
  return plain.length <= length ? plain : `${plain.slice(0, length)}… (${plain.length})`;
}
