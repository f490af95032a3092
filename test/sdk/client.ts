/**
 * A client of a member as a user makes one: the types that openapi-typescript writes from
 * `openapi.yaml`, and openapi-fetch with them. Nothing of the member's own code is in it; what
 * docs/SDKS.md shows is this.
 */
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './paddock.gen.ts';

export type PaddockClient = Client<paths>;
export type Problem = components['schemas']['Problem'];

export function clientOf(baseUrl: string): PaddockClient {
  return createClient<paths>({
    baseUrl,
    // Lists travel comma-separated (`include=stat,data`), as the document says for each of them.
    querySerializer: { array: { style: 'form', explode: false } },
  });
}

/** A request whose body is bytes: the document has them as text, which is what types can say. */
export function raw(bytes: Uint8Array<ArrayBuffer>): {
  body: string;
  bodySerializer: () => Uint8Array<ArrayBuffer>;
  headers: { 'content-type': string };
} {
  return {
    body: '',
    bodySerializer: () => bytes,
    headers: { 'content-type': 'application/octet-stream' },
  };
}

/**
 * What a request came to; an error when the member refused it. Where an operation may also answer
 * with bytes or without a body, this is its JSON (or the bytes, where those were asked for).
 */
export function dataOf<T>({ data, error }: { data?: T; error?: unknown }): Extract<T, object> {
  if (typeof data === 'object' && data !== null) return data as Extract<T, object>;
  throw new Error(`refused: ${JSON.stringify(error)}`);
}
