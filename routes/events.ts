/**
 * `/v1/events`: Server-Sent Events for `curl -N` and `EventSource`. One stream is one persistent
 * watch; an event's id is where to go on after it.
 *
 * An id is `<zxid>` after the last event of a transaction that concerns this stream and
 * `<zxid>.<mark>` after one before it, so that a stream cut in the middle of a transaction goes on
 * with the next event: none missing, none twice, whoever reads on (`storage/tree/event-marks.ts`).
 * A reader that is too slow is not buffered for without bound: the stream stops watching, lets the
 * socket drain and goes on from where it was, out of the history; one that does not read at all is
 * cut.
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatZxid, parseZxid, type Zxid } from '../raftlog/zxid.ts';
import type { Caller, Coordinator, Delivery, Subscriber } from '../server/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { markOf } from '../storage/tree/event-marks.ts';
import { within } from './chroot.ts';
import type { RouteContext } from './context.ts';
import { badArguments } from './errors.ts';
import { operation } from './openapi.ts';
import { checkPath } from './paths.ts';
import { booleanOf, includeOf, type Query, queryOf } from './query.ts';
import { readOnlyMarks } from './read-only.ts';
import { sendRefusal, ZXID_HEADER } from './replies.ts';
import { eventJson, zxidText } from './wire.ts';

const { query: PARAMETERS } = operation('streamEvents');

/** How long a browser waits before it connects again, ms. */
const RETRY_MS = 1000;

/** How long a client may take to get to the zxid that it wants to go on from, ms. */
const CATCH_UP_MS = 5000;

export interface EventStreamOptions {
  /** A reader that takes nothing for this long while its outbox is full is cut, ms. */
  readonly stallMs: number;
  /** A quiet stream says this often that it is alive, and how far it has come, ms. */
  readonly keepAliveMs: number;
}

export const EVENT_STREAM_OPTIONS: EventStreamOptions = { stallMs: 10_000, keepAliveMs: 15_000 };

/** Everything through `zxid` was delivered; of that one, with a mark, through that event. */
interface Position {
  readonly zxid: Zxid;
  readonly mark: number | undefined;
}

interface StreamTarget {
  readonly path: string;
  readonly recursive: boolean;
  readonly includeStat: boolean;
  readonly includeData: boolean;
}

export function registerEvents(
  app: FastifyInstance,
  { coordinator }: RouteContext,
  options: EventStreamOptions,
): void {
  const streams = new Set<EventStream>();
  const keepalive = setInterval(() => {
    for (const stream of streams) stream.keepAlive();
  }, options.keepAliveMs);
  keepalive.unref();
  app.addHook('preClose', (done) => {
    clearInterval(keepalive);
    for (const stream of [...streams]) stream.end();
    done();
  });
  app.get('/v1/events', { exposeHeadRoute: false }, (request, reply) => {
    const query = queryOf(request.raw.url ?? '', PARAMETERS);
    const target = targetOf(query, coordinator);
    const chroot = query.get('chroot');
    if (chroot !== undefined) {
      if ('paddock-chroot' in request.headers) throw badArguments('the chroot is given twice');
      request.caller = within(request.caller, chroot, coordinator.limits);
    }
    const resumed = resumedAt(request, query);
    const open = () => openStream(coordinator, streams, request, reply, target, resumed, options);
    if (resumed === undefined) {
      open();
      return;
    }
    // A client that comes from a member that was further must not see anything twice.
    coordinator.waitForZxid(resumed.zxid, CATCH_UP_MS, (refused) => {
      if (refused === undefined) open();
      else sendRefusal(reply, coordinator, refused.refusal);
    });
  });
}

function targetOf(query: Query, { limits }: Coordinator): StreamTarget {
  const path = query.get('path') ?? '/';
  checkPath(path, limits);
  const include = includeOf(query);
  return {
    path,
    recursive: booleanOf(query, 'recursive'),
    includeStat: include.stat,
    includeData: include.data,
  };
}

/** An `EventSource` that connects again repeats its URL: the header knows better than `since`. */
function resumedAt(request: FastifyRequest, query: Query): Position | undefined {
  const header = request.headers['last-event-id'];
  const text = header === undefined || header === '' ? query.get('since') : String(header);
  if (text === undefined) return undefined;
  const [, zxidDigits = '', mark] = /^([0-9a-f]{16})(?:\.(\d{1,16}))?$/.exec(text) ?? [];
  const zxid = parseZxid(zxidDigits);
  if (zxid === undefined) {
    throw badArguments('since and Last-Event-ID are the id of an event: a zxid, or zxid.n');
  }
  return { zxid, mark: mark === undefined ? undefined : Number(mark) };
}

function openStream(
  coordinator: Coordinator,
  streams: Set<EventStream>,
  request: FastifyRequest,
  reply: FastifyReply,
  target: StreamTarget,
  resumed: Position | undefined,
  { stallMs }: EventStreamOptions,
): void {
  if (reply.raw.destroyed) return;
  if (!coordinator.takeConnection()) {
    const { connections } = coordinator.limits;
    sendRefusal(reply, coordinator, {
      code: 'Throttled',
      detail: 'this member serves as many connections as it may',
      limit: { name: 'connections', value: connections },
      retryAfter: 5,
    });
    return;
  }
  const stream = new EventStream(coordinator, request.caller, reply.raw, target, stallMs);
  const refusal = stream.watch(resumed);
  if (refusal !== undefined) {
    coordinator.releaseConnection();
    sendRefusal(reply, coordinator, refusal);
    return;
  }
  streams.add(stream);
  reply.raw.once('close', () => {
    streams.delete(stream);
    stream.closed();
    coordinator.releaseConnection();
  });
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Proxies that would collect the stream before they pass it on are asked not to.
    'x-accel-buffering': 'no',
    // Nothing follows a stream, and a member that stops need not wait for what would.
    connection: 'close',
    [ZXID_HEADER]: zxidText(coordinator.zxid()),
    ...readOnlyMarks(coordinator),
  });
  stream.begin(resumed);
}

class EventStream implements Subscriber {
  readonly caller: Caller;
  readonly via = 'eventStream';
  readonly #coordinator: Coordinator;
  readonly #response: ServerResponse;
  readonly #target: StreamTarget;
  readonly #stallMs: number;
  /** Undefined while the stream waits for its reader, and once it has ended. */
  #watch: number | undefined;
  /** Where the stream goes on. */
  #position: Position;
  /** Everything through the last zxid applied here has been delivered. */
  #caughtUp = true;
  #stall: NodeJS.Timeout | undefined;

  constructor(
    coordinator: Coordinator,
    caller: Caller,
    response: ServerResponse,
    target: StreamTarget,
    stallMs: number,
  ) {
    this.caller = caller;
    this.#coordinator = coordinator;
    this.#response = response;
    this.#target = target;
    this.#stallMs = stallMs;
    this.#position = { zxid: coordinator.zxid(), mark: undefined };
  }

  /** Watches from `from` on, from now on when undefined. */
  watch(from: Position | undefined): Refusal | undefined {
    const { path, recursive, includeStat, includeData } = this.#target;
    const answer = this.#coordinator.watch(this, {
      kind: recursive ? 'persistentRecursive' : 'persistent',
      path,
      includeStat,
      includeData,
      ...(from === undefined ? undefined : { since: from.zxid }),
      ...(from?.mark === undefined ? undefined : { sinceMark: from.mark }),
    });
    if (!answer.ok) return answer.refusal;
    this.#watch = answer.watch;
    this.#position = from ?? { zxid: this.#coordinator.zxid(), mark: undefined };
    this.#caughtUp = from === undefined;
    return undefined;
  }

  /** Writes what a stream begins with; a new one learns at once where it would be resumed. */
  begin(resumed: Position | undefined): void {
    const start = resumed === undefined ? `id: ${formatZxid(this.#position.zxid)}\n` : '';
    this.#write(`retry: ${RETRY_MS}\n${start}\n`);
  }

  deliver(deliveries: readonly Delivery[], zxid: Zxid): void {
    // After a pause within a replay the rest of it still comes; it comes again from the position.
    if (this.#watch === undefined) return;
    const id = formatZxid(zxid);
    const last = deliveries.length - 1;
    let text = '';
    for (const [index, delivery] of deliveries.entries()) {
      const { event, includeStat, includeData } = delivery;
      const mark = index === last ? '' : `.${markOf(delivery.events, delivery.place)}`;
      const data = eventJson(event, includeStat, includeData);
      text += `id: ${id}${mark}\nevent: ${event.type}\ndata: ${data}\n\n`;
    }
    this.#position = { zxid, mark: undefined };
    this.#write(text);
    if (this.#response.writableLength > this.#coordinator.limits.outboxBytes) this.#pause();
  }

  caughtUp(watch: number): void {
    if (watch === this.#watch) this.#caughtUp = true;
  }

  resync(watch: number, oldest: Zxid): void {
    if (watch === this.#watch) this.#historyGone(formatZxid(oldest));
  }

  /**
   * A comment, so that proxies and clients see life; with the id that a quiet stream has come to.
   */
  keepAlive(): void {
    if (this.#watch === undefined) return;
    if (!this.#caughtUp) {
      this.#write(': replaying\n\n');
      return;
    }
    const zxid = this.#coordinator.zxid();
    this.#position = { zxid, mark: undefined };
    const text = formatZxid(zxid);
    this.#write(`: progress ${text}\nid: ${text}\n\n`);
  }

  /** Ends the stream in good order: the client connects again, here or elsewhere. */
  end(): void {
    this.closed();
    this.#response.end();
  }

  /** The connection is gone. */
  closed(): void {
    clearTimeout(this.#stall);
    this.#watch = undefined;
    this.#coordinator.dropSubscriber(this);
  }

  #write(text: string): void {
    this.#response.write(text);
  }

  #pause(): void {
    this.#watch = undefined;
    this.#caughtUp = false;
    this.#coordinator.dropSubscriber(this);
    this.#stall = setTimeout(() => this.#response.destroy(), this.#stallMs);
    this.#response.once('drain', () => this.#resume());
  }

  #resume(): void {
    clearTimeout(this.#stall);
    if (this.#response.writableEnded || this.#response.destroyed) return;
    const refusal = this.watch(this.#position);
    if (refusal?.code === 'HistoryGone') this.#historyGone(refusal.oldestZxid ?? '');
    else if (refusal !== undefined) this.end();
  }

  /** The reader must read anew what it watches: events are missing that nobody has any more. */
  #historyGone(oldestZxid: string): void {
    const data = JSON.stringify({ code: 'HistoryGone', oldestZxid });
    this.#write(`event: resync\ndata: ${data}\n\n`);
    this.end();
  }
}
