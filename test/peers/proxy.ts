/** A TCP proxy between two members that can cut, stop and lose what passes through it. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { PeerAddress } from '../../server/peers/types.ts';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** Nothing passes any more, and neither end is told. */
  silent: boolean;
}

export class TcpProxy {
  #target: PeerAddress;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  /** Bytes of answers after which a connection is cut; asked anew for each connection. */
  cutAfter: (() => number) | undefined;
  /** Connections are made, and nothing passes. */
  swallows = false;
  /** New connections are refused by a reset. */
  refuses = false;
  connections = 0;

  constructor(target: PeerAddress) {
    this.#target = target;
    this.#server = createServer((near) => this.#connected(near));
  }

  /** Where the target is reached through the proxy. */
  async listen(): Promise<PeerAddress> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return { id: this.#target.id, host: '127.0.0.1', port };
  }

  /** Cuts every connection that stands. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      reset(near);
      reset(far);
    }
  }

  /** Who comes from now on comes to another target; what stands is cut off without a word. */
  moveTo(target: PeerAddress): void {
    this.#target = target;
    for (const pair of this.#pairs) pair.silent = true;
  }

  /** Nothing is read any more from whom the proxy answers: its sender must wait. */
  pause(): void {
    for (const { near, far } of this.#pairs) {
      near.pause();
      far.pause();
    }
  }

  resume(): void {
    for (const { near, far } of this.#pairs) {
      near.resume();
      far.resume();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #connected(near: Socket): void {
    this.connections += 1;
    near.on('error', () => {});
    if (this.refuses) {
      near.resetAndDestroy();
      return;
    }
    const { host, port } = this.#target;
    const far = connect({ host, port, noDelay: true });
    far.on('error', () => {});
    const pair = { near, far, silent: false };
    this.#pairs.add(pair);
    let left = this.cutAfter?.() ?? Number.POSITIVE_INFINITY;
    near.on('data', (chunk) => {
      if (!this.swallows && !pair.silent && !far.write(chunk)) {
        near.pause();
        far.once('drain', () => near.resume());
      }
    });
    far.on('data', (chunk) => {
      if (this.swallows || pair.silent) return;
      const passed = chunk.subarray(0, left);
      left -= passed.byteLength;
      if (!near.write(passed)) {
        far.pause();
        near.once('drain', () => far.resume());
      }
      if (left === 0) this.#end(pair);
    });
    near.on('close', () => this.#end(pair));
    far.on('close', () => this.#end(pair));
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.near.end();
    pair.near.destroySoon();
    pair.far.destroy();
  }
}

/** A socket that is being shut down cannot be reset any more: its handle would stay for ever. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
