/**
 * Requests that are held until something holds (`Prefer: wait=30`, RFC 7240). A held request leaves
 * a persistent watch on its znode and looks again whenever that, or a change of the ACL, says so:
 * no polling. It counts against `limits.waits` and ends with the answer, the time, the client's
 * disconnect or the member's stop, whichever is first. Its session is renewed meanwhile.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Coordinator, Subscriber } from '../server/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { cversionOf } from '../storage/tree/stat.ts';
import type { Stat } from '../storage/tree/types.ts';
import { badArguments } from './errors.ts';
import { renewWhileHeld } from './held-sessions.ts';
import { sendRefusal } from './replies.ts';

/**
 * What a held request does: exactly one of `answered` with true, `timeUp` happens, or neither when
 * it ends early.
 */
export interface Held {
  readonly path: string;
  readonly seconds: number;
  /** Looks, and answers if it can: true when it did. */
  answered(): boolean;
  /** Answers that it did not come true in time. */
  timeUp(): void;
}

export class Waits {
  readonly #coordinator: Coordinator;
  readonly #open = new Set<() => void>();

  constructor(coordinator: Coordinator) {
    this.#coordinator = coordinator;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Holds a request whose `answered` has just said false, in the same turn. */
  hold(request: FastifyRequest, reply: FastifyReply, held: Held): void {
    const coordinator = this.#coordinator;
    let endAclChanges: (() => void) | undefined;
    let endRenewing: (() => void) | undefined;
    const end = () => {
      clearTimeout(timer);
      endAclChanges?.();
      endRenewing?.();
      coordinator.dropSubscriber(subscriber);
      this.#open.delete(stop);
      reply.raw.off('close', end);
    };
    const refuse = (refusal: Refusal) => {
      end();
      sendRefusal(reply, coordinator, refusal);
    };
    const stop = () => {
      reply.header('connection', 'close');
      refuse({ code: 'NotReady', detail: 'the member is stopping', retryAfter: 1 });
    };
    const look = () => {
      if (held.answered()) end();
    };
    const subscriber: Subscriber = {
      caller: request.caller,
      via: 'wait',
      deliver: look,
      // The member has jumped ahead, and the watch is gone: the state says what there is to say.
      resync: () => {
        look();
        const lost = this.#open.has(stop) ? this.#watch(subscriber, held.path) : undefined;
        if (lost !== undefined) refuse(lost);
      },
    };
    const timer = setTimeout(() => {
      end();
      held.timeUp();
    }, held.seconds * 1000);
    const refusal = this.#full() ?? this.#watch(subscriber, held.path);
    if (refusal !== undefined) {
      refuse(refusal);
      return;
    }
    endAclChanges = coordinator.onAclChange(request.caller, held.path, look);
    endRenewing = renewWhileHeld(coordinator, request, reply);
    this.#open.add(stop);
    reply.raw.on('close', end);
  }

  /** Answers every held request: the member stops. */
  stop(): void {
    for (const stop of [...this.#open]) stop();
  }

  #full(): Refusal | undefined {
    const { waits } = this.#coordinator.limits;
    if (this.#open.size < waits) return undefined;
    return {
      code: 'Throttled',
      detail: 'as many requests wait as this member holds',
      limit: { name: 'waits', value: waits },
      retryAfter: 1,
    };
  }

  #watch(subscriber: Subscriber, path: string): Refusal | undefined {
    const answer = this.#coordinator.watch(subscriber, { kind: 'persistent', path });
    return answer.ok ? undefined : answer.refusal;
  }
}

const WAIT = /(?:^|[,;])[ \t]*wait[ \t]*(?:=[ \t]*"?([^",; \t]*)"?)?[ \t]*(?=$|[,;])/i;

/** Seconds of `Prefer: wait=N`, at most `max`; 0 when nothing is preferred. */
export function preferredWait(header: string | string[] | undefined, max: number): number {
  if (header === undefined) return 0;
  const match = WAIT.exec(String(header));
  if (match === null) return 0;
  const [, seconds = ''] = match;
  if (!/^\d{1,9}$/.test(seconds)) throw badArguments('Prefer: wait is a whole number of seconds');
  return Math.min(Number(seconds), max);
}

/** What `until` waits for. */
export interface Until {
  /** The znode's absence answers it: there is nothing to show then. */
  readonly absence: boolean;
  /** `stat` undefined: there is no such znode. */
  holds(stat: Stat | undefined): boolean;
  /** What the tree would say of a condition that does not hold. */
  refusal(path: string, stat: Stat | undefined): Refusal;
}

const FIELDS: Readonly<Record<string, (stat: Stat) => number>> = {
  version: (stat) => stat.version,
  cversion: cversionOf,
  aversion: (stat) => stat.aversion,
  children: (stat) => stat.numChildren,
};

const OPERATORS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
};

const COMPARISON = /^([a-z]+)(=|>=?|<=?)(-?\d{1,15})$/;

/** Reads `exists`, `deleted`, `version>3`, `children>=5` and their like. */
export function parseUntil(text: string): Until {
  if (text === 'exists') {
    return { absence: false, holds: (stat) => stat !== undefined, refusal: notYet };
  }
  if (text === 'deleted') {
    return { absence: true, holds: (stat) => stat === undefined, refusal: notYet };
  }
  const [, name = '', operator = '', number] = COMPARISON.exec(text) ?? [];
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  const compare = OPERATORS[operator];
  if (field === undefined || compare === undefined) {
    throw badArguments(
      'until is exists, deleted, or version, cversion, aversion or children with = > >= < <= ' +
        'and a whole number',
    );
  }
  const bound = Number(number);
  return {
    absence: false,
    holds: (stat) => stat !== undefined && compare(field(stat), bound),
    refusal: notYet,
  };
}

function notYet(path: string, stat: Stat | undefined): Refusal {
  const detail = 'what until asks for did not hold in time';
  if (stat === undefined) return { code: 'NoNode', detail, path };
  return { code: 'BadVersion', detail, path, stat };
}
