/**
 * A proxy before a member that forwards what clients send and then, now and then, cuts the
 * connection: before the answer, or in the middle of it. So clients are left not knowing what
 * became of requests that the member has.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class CuttingProxy {
  readonly #target: number;
  readonly #chance: number;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Connections that it cut. */
  cuts = 0;

  /** `chance`: of each piece that a client sends, that the connection is cut behind it. */
  constructor(target: number, chance: number) {
    this.#target = target;
    this.#chance = chance;
    this.#server = createServer((near) => this.#connected(near));
  }

  /** The port that it listens on. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #connected(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1');
    /** Bytes of answers that are still passed on; undefined: all. */
    let left: number | undefined;
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      this.#open.add(socket);
      socket.on('error', () => undefined);
    }
    const end = () => {
      near.destroy();
      // What was forwarded arrives, and so does the end.
      far.end();
      this.#open.delete(near);
      this.#open.delete(far);
    };
    near.on('close', end);
    far.on('close', end);
    near.on('data', (bytes) => {
      far.write(bytes);
      if (left !== undefined || Math.random() >= this.#chance) return;
      this.cuts += 1;
      left = Math.random() < 0.5 ? 0 : Math.floor(Math.random() * 400);
      if (left === 0) end();
    });
    far.on('data', (bytes) => {
      if (near.destroyed) return;
      near.write(left === undefined ? bytes : bytes.subarray(0, left));
      if (left === undefined) return;
      left -= bytes.length;
      if (left <= 0) near.end(end);
    });
  }
}
