/**
 * Requests that a client sends over one connection without waiting for answers (HTTP pipelining).
 * The runtime keeps the answers in order but would run the requests side by side, so that a read
 * could overtake the write before it; here each waits until the one before it is answered
 * (RFC 9112, 9.3.2). Clients that do not pipeline, nearly all, pay one comparison.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The runtime keeps the answer under way on a connection here: the first one not finished. */
interface AnsweringSocket extends Socket {
  readonly _httpMessage?: ServerResponse | null;
}

interface Queue {
  last: ServerResponse;
  waiting: number;
}

const queues = new WeakMap<Socket, Queue>();

/** The answer under way on a connection, if any. */
export function answerUnderWay(socket: Socket): ServerResponse | undefined {
  return (socket as AnsweringSocket)._httpMessage ?? undefined;
}

/** Whether nothing before this request is unanswered on its connection. */
export function isInTurn(socket: Socket, response: ServerResponse): boolean {
  const underWay = (socket as AnsweringSocket)._httpMessage;
  return underWay === response || underWay === undefined || underWay === null;
}

/**
 * Runs `go` when everything before it on the connection is answered, or `overflow` when it is the
 * `max`th that waits; a client that goes on regardless is cut off.
 */
export function inTurn(
  socket: Socket,
  response: ServerResponse,
  max: number,
  go: () => void,
  overflow: () => void,
): void {
  const underWay = answerUnderWay(socket) ?? response;
  const queue = queues.get(socket) ?? { last: underWay, waiting: 0 };
  queues.set(socket, queue);
  const before = queue.last.writableFinished ? underWay : queue.last;
  queue.last = response;
  queue.waiting += 1;
  if (queue.waiting > 2 * max) {
    socket.destroy();
    return;
  }
  const run = queue.waiting > max ? overflow : go;
  before.once('close', () => {
    queue.waiting -= 1;
    if (!socket.destroyed) run();
  });
}
