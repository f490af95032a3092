/** From the text of a message to the requests in it. */
import type { Limits } from '../../server/limits.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import { parseJson } from '../bodies.ts';
import { RequestError } from '../errors.ts';
import { CLOSE } from './close-codes.ts';
import type { Group } from './outbox.ts';

/** A frame of a client that has a usable id; nothing else of it has been looked at. */
export interface Request {
  readonly id: number;
  /** The array frame it came in, 0 = it came alone. */
  readonly group: Group;
  readonly frame: { readonly id: number; readonly op?: unknown };
  /** How many there are in it: those of a transaction or a batch, else 1. */
  readonly operations: number;
  /** Its share of the message that it came in. */
  readonly bytes: number;
  /** It is refused without being looked at: too many came at once. */
  readonly refusal: Refusal | undefined;
}

/**
 * Why a message cannot be answered and ends the connection. At most 123 bytes: it must fit a close.
 */
export class UnusableMessage extends Error {
  override readonly name = 'UnusableMessage';
  readonly closeCode: number;

  constructor(reason: string, closeCode: number = CLOSE.badFrame) {
    super(reason);
    this.closeCode = closeCode;
  }
}

/** The requests of one message, in order. Throws `UnusableMessage`. */
export function requestsOf(bytes: Buffer, group: Group, limits: Limits): Request[] {
  const message = jsonOf(bytes, limits);
  if (!Array.isArray(message)) return [requestOf(message, 0, bytes.length, undefined)];
  if (message.length === 0) throw new UnusableMessage('an array of requests holds one at least');
  const refusal = message.length > limits.frameRequests ? tooMany(limits) : undefined;
  const share = Math.ceil(bytes.length / message.length);
  return message.map((one) => requestOf(one, group, share, refusal));
}

function tooMany({ frameRequests: value }: Limits): Refusal {
  return { code: 'TooLarge', limit: { name: 'frameRequests', value } };
}

function jsonOf(bytes: Buffer, limits: Limits): unknown {
  try {
    return parseJson(bytes, limits.jsonDepth);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { limit } = error.refusal;
    throw new UnusableMessage(
      limit === undefined ? 'the message is not JSON' : `beyond ${limit.name}=${limit.value}`,
    );
  }
}

function requestOf(
  value: unknown,
  group: Group,
  bytes: number,
  refusal: Refusal | undefined,
): Request {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnusableMessage('a request is a JSON object');
  }
  const { id, ops } = value as { readonly id?: unknown; readonly ops?: unknown };
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) {
    throw new UnusableMessage('a request has an id: a whole number from 1 on');
  }
  const operations = Array.isArray(ops) ? Math.max(1, ops.length) : 1;
  return { id, group, frame: value as Request['frame'], operations, bytes, refusal };
}

/** The ids of a connection: each larger than those before it. */
export class GrowingIds {
  #last = 0;

  /** Whoever sends again what was not answered begins below what was used since. */
  beginAnew(): void {
    this.#last = 0;
  }

  refusal(id: number): Refusal | undefined {
    if (id <= this.#last) {
      const detail = `ids grow on a connection, and ${this.#last} was used`;
      return { code: 'BadArguments', detail };
    }
    this.#last = id;
    return undefined;
  }
}
