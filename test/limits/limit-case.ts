/** What a case of a limit is given, and how the error of a limit looks over either transport. */
import type { Test } from 'tap';
import type { Limits } from '../../server/limits.ts';
import { type Problem, Refused } from '../conformance/driver.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { type HttpAnswer, HttpClient, problemOf } from '../conformance/http-exchange.ts';
import { type ConnectOptions, WsDriver } from '../conformance/ws-driver.ts';
import type { MemberProcess } from '../harness/process.ts';

export type LimitName = keyof Limits;

export interface LimitCase {
  /** Small, so that it is reached with little. */
  readonly value: number;
  /** At the limit all is well; one more gets the documented answer. */
  reach(scene: Scene, value: number): Promise<void>;
}

export type LimitCases = Partial<Record<LimitName, LimitCase>>;

/** A member with small limits, and clients of it that go with the test. */
export class Scene {
  readonly t: Test;
  readonly member: MemberProcess;
  readonly http: HttpClient;
  static #roots = 0;

  constructor(t: Test, member: MemberProcess) {
    this.t = t;
    this.member = member;
    this.http = new HttpClient(member.port);
    t.teardown(() => this.http.close());
  }

  async webSocket(options?: ConnectOptions): Promise<WsDriver> {
    const driver = await WsDriver.connect(this.member.wsUrl, options);
    this.t.teardown(() => driver.disconnect());
    return driver;
  }

  async session(timeoutMs?: number): Promise<HttpDriver> {
    const driver = await HttpDriver.open(this.member.port, timeoutMs);
    this.t.teardown(() => driver.disconnect());
    return driver;
  }

  /** A new znode below the root, with a short name. */
  async root(): Promise<string> {
    Scene.#roots += 1;
    const path = `/r${Scene.#roots}`;
    await this.http.send({ method: 'PUT', target: `/v1/znodes${path}` });
    return path;
  }

  /** The answer is the problem of this limit, with its name and value. */
  limited(answer: HttpAnswer, status: number, code: string, expected: Named, what?: string): void {
    const { t } = this;
    t.equal(answer.status, status, what ?? `${expected.name}: one more is ${status}`);
    this.names(problemOf(answer), code, expected);
  }

  /** The same for an error that came over the WebSocket. */
  names(problem: Problem, code: string, limit: Named): void {
    const { t } = this;
    t.match(problem, { code, outcome: 'not-applied', limit }, `${limit.name} is named`);
  }
}

export interface Named {
  readonly name: string;
  readonly value: number;
}

export async function problemOfAttempt(attempt: Promise<unknown>): Promise<Problem> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Refused) return error.problem;
    throw error;
  }
  throw new Error('one more than the limit was taken');
}
