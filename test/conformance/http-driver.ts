/**
 * The operations over HTTP: one request each, on behalf of a session that was opened for it. There
 * are no watches on HTTP reads; events come over `/v1/events` (`events.cases.ts`).
 */
import type { SecureContextOptions } from 'node:tls';
import {
  type AclEntry,
  type AclOf,
  type ChildrenOptions,
  type CreateOptions,
  type Data,
  type DeleteOptions,
  type Driver,
  envelope,
  type Identity,
  type Op,
  type OpResult,
  type Page,
  type Problem,
  Refused,
  type SetOptions,
  type Stat,
  type Written,
  type Znode,
} from './driver.ts';
import { type HttpAnswer, HttpClient, type HttpRequest, problemOf } from './http-exchange.ts';

interface OpenedSession {
  readonly sessionId: string;
  readonly token: string;
  readonly timeoutMs: number;
}

export class HttpDriver implements Driver {
  readonly transport = 'HTTP';
  readonly sessionId: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly http: HttpClient;
  /** What is the whole tree to it, when not all of it is. */
  chroot: string | undefined;
  #zxid: string;
  #authorization: Record<string, string> = {};

  private constructor(http: HttpClient, { sessionId, token, timeoutMs }: OpenedSession) {
    this.http = http;
    this.sessionId = sessionId;
    this.token = token;
    this.timeoutMs = timeoutMs;
    this.#zxid = sessionId;
  }

  static async open(
    port: number,
    timeoutMs = 30_000,
    tls?: SecureContextOptions,
  ): Promise<HttpDriver> {
    const http = new HttpClient(port, tls);
    const answer = await http.send({
      method: 'POST',
      target: '/v1/sessions',
      json: { timeoutMs },
    });
    if (answer.status !== 201) throw new Refused(problemOf(answer));
    return new HttpDriver(http, answer.json());
  }

  get zxid(): string {
    return this.#zxid;
  }

  async create(path: string, options: CreateOptions = {}): Promise<Written> {
    const { data, mode, ttlMs, parents, acl } = options;
    const json = { ...envelope(data), ...(acl === undefined ? undefined : { acl }) };
    const target = targetOf('/v1/znodes', path, { mode, ttlMs, parents });
    return (await this.#ask({ method: 'POST', target, json })).json<Written>();
  }

  async get(path: string): Promise<Znode> {
    return (await this.#ask({ target: targetOf('/v1/znodes', path) })).json<Znode>();
  }

  async exists(path: string): Promise<Stat | undefined> {
    const answer = await this.send({ method: 'HEAD', target: targetOf('/v1/znodes', path) });
    if (answer.status === 404) return undefined;
    // An answer to HEAD has no body: its status is all there is to tell a refusal by.
    if (answer.status !== 200) throw new Refused(problemOfStatus(answer.status));
    return statOfHeader(String(answer.headers['paddock-stat']));
  }

  async set(path: string, data: Data, options: SetOptions = {}): Promise<Written> {
    const { version, etag, create } = options;
    const mustExist = create === true || version !== undefined ? undefined : '*';
    const ifMatch = etag === undefined ? mustExist : `"${etag}"`;
    const target = targetOf('/v1/znodes', path, { version });
    const answer = await this.#ask({
      method: 'PUT',
      target,
      json: envelope(data),
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    });
    return answer.json<Written>();
  }

  async delete(path: string, options: DeleteOptions = {}): Promise<void> {
    const { version, etag, recursive } = options;
    await this.#ask({
      method: 'DELETE',
      target: targetOf('/v1/znodes', path, { version, recursive }),
      headers: etag === undefined ? {} : { 'if-match': `"${etag}"` },
    });
  }

  async children(path: string, options: ChildrenOptions = {}): Promise<Page> {
    const { limit, after, include } = options;
    const parameters = { limit, after, include: include?.join(',') };
    const target = targetOf('/v1/children', path, parameters);
    return (await this.#ask({ target })).json<Page>();
  }

  async getAcl(path: string): Promise<AclOf> {
    return (await this.#ask({ target: targetOf('/v1/acls', path) })).json<AclOf>();
  }

  async setAcl(path: string, acl: readonly AclEntry[], version?: number): Promise<AclOf> {
    const target = targetOf('/v1/acls', path, { version });
    return (await this.#ask({ method: 'PUT', target, json: { acl } })).json<AclOf>();
  }

  async transaction(
    ops: readonly Op[],
    { dryRun }: { dryRun?: boolean } = {},
  ): Promise<readonly OpResult[]> {
    const target = dryRun === true ? '/v1/transactions?dryRun=true' : '/v1/transactions';
    const answer = await this.#ask({ method: 'POST', target, json: { ops } });
    return answer.json<{ results: OpResult[] }>().results;
  }

  async read(ops: readonly Op[]): Promise<readonly Record<string, unknown>[]> {
    const answer = await this.#ask({ method: 'POST', target: '/v1/batch-reads', json: { ops } });
    return answer.json<{ results: Record<string, unknown>[] }>().results;
  }

  async authenticate(user: string, password: string): Promise<void> {
    this.#authorization = { authorization: basic(user, password) };
  }

  async whoami(): Promise<readonly Identity[]> {
    return (await this.#ask({ target: '/v1/whoami' })).json<{ identities: Identity[] }>()
      .identities;
  }

  async sync(): Promise<string> {
    return (await this.#ask({ method: 'POST', target: '/v1/sync' })).json<{ zxid: string }>().zxid;
  }

  async closeSession(): Promise<void> {
    await this.#ask({ method: 'DELETE', target: `/v1/sessions/${this.sessionId}` });
  }

  disconnect(): void {
    this.http.close();
  }

  /** Sends on behalf of the session, and takes whatever comes back. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const headers = {
      'paddock-session': this.token,
      ...this.#authorization,
      ...(this.chroot === undefined ? {} : { 'paddock-chroot': encodeURI(this.chroot) }),
      ...request.headers,
    };
    const answer = await this.http.send({ ...request, headers });
    const zxid = answer.headers['paddock-zxid'];
    if (typeof zxid === 'string') this.#zxid = zxid;
    return answer;
  }

  async #ask(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await this.send(request);
    if (answer.status >= 300) throw new Refused(problemOf(answer));
    return answer;
  }
}

/** The value of `Authorization` for a user. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

type QueryValue = string | number | boolean | undefined;

/**
 * The URL of a znode, with the parameters that are given. A path that could not travel in the URL
 * without being taken for another one (without its leading slash) goes into a parameter.
 */
export function targetOf(
  resource: string,
  path: string,
  parameters: Readonly<Record<string, QueryValue>> = {},
): string {
  const inUrl = path.startsWith('/');
  const all = inUrl ? parameters : { path, ...parameters };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const query = given.map(([name, value]) => `${name}=${escaped(`${value}`)}`).join('&');
  const place = inUrl && path !== '/' ? path.split('/').map(escaped).join('/') : '';
  return resource + place + (query === '' ? '' : `?${query}`);
}

/** Percent-encoded, half surrogate pairs included: as the three bytes that no decoder takes. */
function escaped(text: string): string {
  if (text.isWellFormed()) return encodeURIComponent(text);
  return [...text]
    .map((char) => (char.isWellFormed() ? encodeURIComponent(char) : '%ED%A0%80'))
    .join('');
}

const CODES: Readonly<Record<number, string>> = { 400: 'BadArguments', 403: 'NoAuth' };

function problemOfStatus(status: number): Problem {
  return { code: CODES[status] ?? `Status${status}`, outcome: 'not-applied', status };
}

/**
 * The stat of a `Paddock-Stat` header: a dictionary of RFC 9651 with the names of the JSON form.
 */
export function statOfHeader(header: string): Stat {
  const entries = header.split(', ').map((item) => {
    const [, name = '', text, number] = /^(\w+)=(?:"([^"]*)"|(-?\d+))$/.exec(item) ?? [];
    return [name, text ?? Number(number)];
  });
  return Object.fromEntries(entries) as Stat;
}
