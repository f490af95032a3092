/**
 * Connections to the listener of which nobody knows yet whether a member is at the other end. Each
 * has a moment to prove itself, whatever it asks meanwhile, and when there are too many the oldest
 * of them makes room: so strangers, however many, keep no member out. Never here: what a proof is
 * (gate.ts), or anything about connections that have proved themselves but how many they are.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';

/** Why a connection was closed: its time was over, or others came. */
export type Closing = 'NotProven' | 'TooManyConnections';

export interface UnprovenOptions {
  readonly clock: Clock;
  /** Connections in all, proved ones included. */
  readonly connections: number;
  /** How long a connection may take to prove itself, ms. */
  readonly withinMs: number;
  /** So many were closed since that was told last; `address` is that of the latest. */
  readonly closed: (closing: Closing, count: number, address: string) => void;
}

/** Between two lines about the same, ms: whoever comes a thousand times is not a thousand lines. */
const TELL_MS = 60_000;

interface Visitor {
  readonly socket: Socket;
  readonly address: string;
  /** Whether it still has to prove itself. */
  awaited: boolean;
  readonly cancel: () => void;
}

interface Tally {
  count: number;
  toldAt: number;
}

export class UnprovenConnections {
  readonly #options: UnprovenOptions;
  /** All that stand, oldest first. */
  readonly #visitors = new Map<string, Visitor>();
  readonly #tallies = new Map<Closing, Tally>();

  constructor(options: UnprovenOptions) {
    this.#options = options;
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => this.#arrived(socket));
  }

  /** Who is at the other end belongs to the ensemble. Over TLS it is the secure socket. */
  proved(socket: Socket): void {
    const visitor = this.#visitors.get(nameOf(socket));
    if (visitor === undefined) return;
    visitor.awaited = false;
    visitor.cancel();
  }

  #arrived(socket: Socket): void {
    const { clock, connections, withinMs } = this.#options;
    // It was gone before it was accepted, and has no name any more.
    if (socket.remotePort === undefined) {
      socket.destroy();
      return;
    }
    const name = nameOf(socket);
    // After a stall of this process the sockets are read first: the proof may be waiting there.
    const cancel = clock.after(withinMs, () => clock.soon(() => this.#late(name, visitor)));
    const address = socket.remoteAddress ?? '';
    const visitor: Visitor = { socket, address, awaited: true, cancel };
    this.#visitors.set(name, visitor);
    socket.once('close', () => this.#forget(name, visitor));
    if (this.#visitors.size > connections) this.#makeRoom();
  }

  #late(name: string, visitor: Visitor): void {
    if (visitor.awaited && this.#visitors.get(name) === visitor) {
      this.#close(name, visitor, 'NotProven');
    }
  }

  /** There is always one to close: who has come last has proved nothing yet. */
  #makeRoom(): void {
    for (const [name, visitor] of this.#visitors) {
      if (!visitor.awaited) continue;
      this.#close(name, visitor, 'TooManyConnections');
      return;
    }
  }

  #close(name: string, visitor: Visitor, closing: Closing): void {
    this.#forget(name, visitor);
    visitor.socket.destroy();
    const { clock, closed } = this.#options;
    const now = clock.monotonic();
    const tally = this.#tallies.get(closing) ?? { count: 0, toldAt: Number.NEGATIVE_INFINITY };
    tally.count += 1;
    this.#tallies.set(closing, tally);
    if (now - tally.toldAt < TELL_MS) return;
    closed(closing, tally.count, visitor.address);
    tally.count = 0;
    tally.toldAt = now;
  }

  /** A name may be another connection's by the time that the end of the former one is told. */
  #forget(name: string, visitor: Visitor): void {
    visitor.cancel();
    if (this.#visitors.get(name) === visitor) this.#visitors.delete(name);
  }
}

/** The same for a connection and for the secure one that is made of it. */
function nameOf({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`;
}
