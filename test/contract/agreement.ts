/** Holds an answer of a real member against what the document says of its operation. */
import type { Test } from 'tap';
import { type Operation, type ResponseObject, resolve } from '../../routes/openapi.ts';
import { problemsWith } from './strict-schemas.ts';

/** Headers that mean something to a client: each has to be documented where it is sent. */
const TOLD = [
  'etag',
  'link',
  'location',
  'paddock-stat',
  'paddock-zxid',
  'preference-applied',
  'retry-after',
];

/** The document's response for a status, under its own name or as any other problem. */
export function documented({ object }: Operation, status: number): ResponseObject | undefined {
  const own = object.responses[`${status}`];
  if (own !== undefined) return resolve(own);
  const other = object.responses['default'];
  return status < 400 || other === undefined ? undefined : resolve(other);
}

/** Fails for whatever of an answer the document does not say. */
export async function agrees(t: Test, operation: Operation, answer: Response): Promise<void> {
  const { status, headers } = answer;
  const at = `${operation.operationId} ${status}`;
  const response = documented(operation, status);
  if (response === undefined) {
    t.fail(`${at} is not documented`);
    return;
  }
  const known = new Set(Object.keys(response.headers ?? {}).map((name) => name.toLowerCase()));
  t.match(headers.get('paddock-zxid'), /^[0-9a-f]{16}$/, `${at}: Paddock-Zxid`);
  for (const name of TOLD) {
    if (headers.has(name)) t.ok(known.has(name), `${at}: ${name} is documented`);
  }
  await agreesWithBody(t, at, operation, response, answer);
}

async function agreesWithBody(
  t: Test,
  at: string,
  { method }: Operation,
  { content = {} }: ResponseObject,
  answer: Response,
): Promise<void> {
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  const body = await answer.text();
  if (method === 'HEAD' || Object.keys(content).length === 0) {
    t.equal(body, '', `${at} has no body`);
    return;
  }
  const media = content[type];
  if (media === undefined) {
    t.fail(`${at}: ${type} is not documented`);
    return;
  }
  if (!type.endsWith('json')) return;
  const value: unknown = JSON.parse(body);
  t.equal(problemsWith(media.schema, value), '', `${at}: the body`);
  if (type === 'application/problem+json') {
    t.equal((value as { status: number }).status, answer.status, `${at}: the status in the body`);
  }
}
