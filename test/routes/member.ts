/** A real member for a test: own data directory, own port, real HTTP. */
import { connect } from 'node:net';
import type { Test } from 'tap';
import type { WireChild, WireStat } from '../../routes/wire.ts';
import { readConfig } from '../../server/config.ts';
import { type Member, startMember } from '../../server/member.ts';

export interface TestMember extends Member {
  /** `fetch` against the member; the path may be anything that `fetch` leaves as it is. */
  readonly send: (
    method: string,
    target: string,
    init?: { headers?: Record<string, string>; body?: string | Uint8Array },
  ) => Promise<Answer>;
  readonly directory: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws when it is not. */
  readonly json: () => AnswerJson;
}

/** Every field that any answer has; which ones are there is what tests look at. */
export interface AnswerJson {
  readonly path: string;
  readonly data: string;
  readonly encoding: string;
  readonly stat: WireStat;
  readonly exists: boolean;
  readonly acl: readonly { readonly perms: string; readonly scheme: string; readonly id: string }[];
  readonly children: readonly WireChild[];
  readonly next: string;
  readonly results: readonly (AnswerJson & { readonly op: string; readonly error: AnswerJson })[];
  readonly type: string;
  readonly title: string;
  readonly status: number | string;
  readonly code: string;
  readonly outcome: string;
  readonly detail: string;
  readonly index: number;
  readonly limit: { readonly name: string; readonly value: number };
  readonly retryAfter: number;
  readonly oldestZxid: string;
  readonly zxid: string;
  readonly sessionId: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly expiresInMs: number;
  readonly ephemerals: number;
  readonly identities: readonly { readonly scheme: string; readonly id: string }[];
  readonly members: readonly {
    readonly id: number;
    readonly role: string;
    readonly zxid: string;
  }[];
  readonly leader: number;
}

export async function startTestMember(
  t: Test,
  args: readonly string[] = [],
  directory: string = t.testdir(),
): Promise<TestMember> {
  const config = readConfig(
    ['--listen', '127.0.0.1:0', '--data-dir', directory, '--log-level', 'error', ...args],
    {},
  );
  const member = await startMember({
    config,
    version: '0.0.0-test',
    onFatal: (error) => {
      throw error;
    },
  });
  t.teardown(() => member.stop());
  return { ...member, directory, send: sender(member.url) };
}

function sender(base: string): TestMember['send'] {
  return async (method, target, init = {}) => {
    const response = await fetch(`${base}${target}`, { method, redirect: 'error', ...init });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: () => JSON.parse(text) as AnswerJson,
    };
  };
}

/**
 * Sends bytes as they are and gives back all that is answered until the connection is closed or
 * `quietMs` pass.
 */
export function sendRaw(port: number, request: string | Buffer, quietMs = 500): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    const timer = setTimeout(() => socket.destroy(), quietMs);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

/** The status of a raw answer, 0 when there is none. */
export function statusOfRaw(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
