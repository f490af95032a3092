/**
 * A member as a client reaches it, over HTTP or over WebSocket: one request at a time, and what
 * came of it in the words of both. Whatever becomes of the member, the door to it stays.
 */
import { HttpClient, problemOf } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { EnsembleMember } from '../harness/ensemble.ts';

/** How fresh a read is to be. */
export type Wish = 'plain' | 'linearizable' | 'sync' | 'minZxid';

export type Asked =
  | {
      readonly op: 'get';
      readonly path: string;
      readonly wish: Wish;
      /** What the client knows to have been seen; for `minZxid`. */
      readonly seen: string;
    }
  /** Without `version` it creates the znode when there is none. */
  | { readonly op: 'set'; readonly path: string; readonly data: string; readonly version?: number }
  | { readonly op: 'delete'; readonly path: string; readonly version?: number };

export interface Told {
  /** '' = done; else the code of the problem. */
  readonly code: string;
  readonly applied: 'yes' | 'no' | 'unknown';
  /** Of the znode: after what was done, or as a refusal tells it. */
  readonly version?: number;
  readonly data?: string;
  /** The last that the member had applied. */
  readonly zxid: string;
}

export interface Door {
  readonly member: EnsembleMember;
  readonly transport: 'HTTP' | 'WebSocket';
  /** Never rejects. */
  ask(asked: Asked): Promise<Told>;
  close(): void;
}

/** The connection ended before there was an answer, or there was none to be had. */
const LOST: Told = { code: 'ConnectionLost', applied: 'unknown', zxid: '' };
const NOT_SENT: Told = { ...LOST, applied: 'no' };

interface Znode {
  readonly data?: string;
  readonly stat?: { readonly version: number };
}

export class HttpDoor implements Door {
  readonly transport = 'HTTP';
  readonly member: EnsembleMember;
  readonly #http: HttpClient;

  constructor(member: EnsembleMember) {
    this.member = member;
    this.#http = new HttpClient(member.port);
  }

  async ask(asked: Asked): Promise<Told> {
    if (asked.op === 'get' && asked.wish === 'sync') {
      const barrier = await this.#send({ method: 'POST', target: '/v1/sync' });
      if (barrier.code !== '') return barrier;
    }
    return await this.#send(httpRequestOf(asked));
  }

  close(): void {
    this.#http.close();
  }

  async #send(request: Parameters<HttpClient['send']>[0]): Promise<Told> {
    try {
      const answer = await this.#http.send(request);
      const zxid = String(answer.headers['paddock-zxid'] ?? '');
      if (answer.status < 300) {
        const { stat, data } = answer.text === '' ? {} : answer.json<Znode>();
        return { code: '', applied: 'yes', zxid, ...versionOf(stat), ...dataOf(data) };
      }
      const { code, outcome, stat } = problemOf(answer);
      const applied = outcome === 'unknown' ? 'unknown' : 'no';
      return { code, applied, zxid, ...versionOf(stat) };
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? NOT_SENT : LOST;
    }
  }
}

function httpRequestOf(asked: Asked): Parameters<HttpClient['send']>[0] {
  const target = `/v1/znodes${asked.path}`;
  if (asked.op === 'get') {
    if (asked.wish === 'linearizable') return { target: `${target}?consistency=linearizable` };
    if (asked.wish === 'minZxid') return { target, headers: { 'paddock-min-zxid': asked.seen } };
    // Also of a member that has been without a leader for long.
    return { target, headers: { 'paddock-read-only': 'true' } };
  }
  const under = asked.version === undefined ? '' : `?version=${asked.version}`;
  if (asked.op === 'delete') return { method: 'DELETE', target: target + under };
  return { method: 'PUT', target: target + under, json: { data: asked.data } };
}

export class WsDoor implements Door {
  readonly transport = 'WebSocket';
  readonly member: EnsembleMember;
  #driver: WsDriver | undefined;
  #closed = false;

  constructor(member: EnsembleMember) {
    this.member = member;
  }

  async ask(asked: Asked): Promise<Told> {
    const driver = await this.#connected();
    if (driver === undefined) return NOT_SENT;
    try {
      const answers = await driver.pipeline(wsRequestsOf(asked));
      // What has arrived is not looked at again: a long run would keep all of it.
      driver.arrived.length = 0;
      const answer = answers.find(({ error }) => error !== undefined) ?? answers.at(-1);
      const { error, result, zxid = '' } = answer ?? {};
      if (error === undefined) {
        const { stat, data } = result as Znode;
        return { code: '', applied: 'yes', zxid, ...versionOf(stat), ...dataOf(data) };
      }
      const applied = error.outcome === 'unknown' ? 'unknown' : 'no';
      return { code: error.code, applied, zxid, ...versionOf(error.stat) };
    } catch {
      return LOST;
    }
  }

  close(): void {
    this.#closed = true;
    this.#driver?.disconnect();
  }

  async #connected(): Promise<WsDriver | undefined> {
    if (this.#driver !== undefined || this.#closed) return this.#driver;
    try {
      const driver = await WsDriver.connect(this.member.wsUrl, { timeoutMs: 60_000 });
      void driver.closed.then(() => {
        this.#driver = undefined;
      });
      this.#driver = driver;
    } catch {
      // The member is not there, or has no leader: the next request may find it.
    }
    return this.#driver;
  }
}

function wsRequestsOf(asked: Asked): { op: string; [parameter: string]: unknown }[] {
  if (asked.op !== 'get') {
    const { op, path, version } = asked;
    const under = version === undefined ? {} : { version };
    if (op === 'delete') return [{ op, path, ...under }];
    const orCreate = version === undefined ? { create: true } : {};
    return [{ op, path, data: asked.data, ...under, ...orCreate }];
  }
  const { path, wish, seen } = asked;
  const read = { op: 'get', path };
  if (wish === 'linearizable') return [{ ...read, consistency: 'linearizable' }];
  if (wish === 'minZxid') return [{ ...read, minZxid: seen }];
  return wish === 'sync' ? [{ op: 'sync' }, read] : [read];
}

function versionOf(stat: Znode['stat']): { version?: number } {
  return stat === undefined ? {} : { version: stat.version };
}

function dataOf(data: string | undefined): { data?: string } {
  return data === undefined ? {} : { data };
}
