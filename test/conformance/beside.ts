/** What a client may ask beside the znodes themselves, over whichever transport it has. */
import { type Driver, type Problem, Refused } from './driver.ts';
import { HttpDriver, targetOf } from './http-driver.ts';
import { type HttpRequest, problemOf } from './http-exchange.ts';
import type { Request, WsDriver } from './ws-driver.ts';

export interface QuotaLimits {
  readonly countLimit?: number;
  readonly bytesLimit?: number;
  readonly countSoftLimit?: number;
  readonly bytesSoftLimit?: number;
}

export interface QuotaOf extends QuotaLimits {
  readonly path: string;
  readonly count: number;
  readonly bytes: number;
}

/** A refusal as the quota's user sees it. */
export interface QuotaProblem extends Problem {
  readonly quota?: string;
}

/** The result, `{}` when there is nothing to say; rejects with `Refused`. */
export async function ask<T>(client: Driver, ws: Request, http: HttpRequest): Promise<T> {
  if (!(client instanceof HttpDriver)) return (await (client as WsDriver).request(ws)).result as T;
  const answer = await client.send(http);
  if (answer.status >= 300) throw new Refused(problemOf(answer));
  return answer.status === 204 ? ({} as T) : answer.json<T>();
}

export function setQuota(client: Driver, path: string, limits: QuotaLimits = {}): Promise<unknown> {
  const target = targetOf('/v1/quotas', path);
  return ask(client, { op: 'setQuota', path, ...limits }, { method: 'PUT', target, json: limits });
}

export function removeQuota(client: Driver, path: string): Promise<unknown> {
  const target = targetOf('/v1/quotas', path);
  return ask(client, { op: 'removeQuota', path }, { method: 'DELETE', target });
}

export function getQuota(client: Driver, path: string): Promise<QuotaOf> {
  return ask(client, { op: 'getQuota', path }, { target: targetOf('/v1/quotas', path) });
}

export interface DescendantsOf {
  readonly path: string;
  readonly count: number;
  readonly bytes: number;
  readonly complete: boolean;
}

export function descendants(client: Driver, path: string): Promise<DescendantsOf> {
  const target = targetOf('/v1/descendants', path);
  return ask(client, { op: 'descendants', path }, { target });
}

/** Who answers, and whether that is all. */
export interface Witness {
  readonly member: number;
  readonly otherMembers: readonly number[];
  readonly complete: boolean;
}

export interface WatchersOf extends Witness {
  readonly path: string;
  readonly count: number;
  readonly watchers: readonly {
    readonly via: string;
    readonly kind: string;
    readonly path?: string;
    readonly sessionId?: string;
  }[];
}

export function watchers(client: Driver, path: string): Promise<WatchersOf> {
  return ask(client, { op: 'watchers', path }, { target: targetOf('/v1/watchers', path) });
}

export interface SessionOf extends Witness {
  readonly sessionId: string;
  readonly timeoutMs: number;
  readonly expiresInMs: number;
  readonly connected: boolean;
  readonly ephemeralCount: number;
  readonly ephemerals: readonly string[];
  readonly watchCount: number;
  readonly watches: readonly { watch: number; kind: string; path: string }[];
}

export function explainSession(client: Driver, sessionId: string): Promise<SessionOf> {
  const target = `/v1/sessions/${sessionId}/explanation`;
  return ask(client, { op: 'explainSession', sessionId }, { target });
}

export interface EphemeralsOf {
  readonly sessionId: string;
  readonly paths: readonly string[];
  readonly next?: string;
}

/** Of the client's own session. */
export function ephemerals(
  client: Driver,
  options: { readonly prefix?: string; readonly limit?: number; readonly after?: string } = {},
): Promise<EphemeralsOf> {
  const target = targetOf(`/v1/sessions/${client.sessionId}/ephemerals`, '/', options);
  return ask(client, { op: 'ephemerals', ...options }, { target });
}
