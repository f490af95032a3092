/**
 * Ports that are known before anything listens on them, and that stay ours while nothing does: the
 * members of an ensemble name each other's before the first of them starts, and come back on their
 * own after a kill.
 *
 * They lie below those that the system gives to whoever asks for any, so no connection and no other
 * test is ever given one. Against other processes that count like this one there is a lock: the
 * first port of a block is listened on for as long as this process lives.
 */
import { createServer, type Server } from 'node:net';

const FIRST = 10_240;
const BLOCK = 64;
/** Below 32768, where the ports for outgoing connections begin. */
const BLOCKS = 340;

let next = 0;
let end = 0;

/** So many ports of 127.0.0.1. */
export async function reservePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    if (next === end) await lockBlock();
    if (await isFree(next)) ports.push(next);
    next += 1;
  }
  return ports;
}

async function lockBlock(): Promise<void> {
  for (let attempt = 0; attempt < BLOCKS; attempt += 1) {
    const first = FIRST + BLOCK * Math.floor(Math.random() * BLOCKS);
    const lock = await listen(first);
    if (lock === undefined) continue;
    lock.unref();
    next = first + 1;
    end = first + BLOCK;
    return;
  }
  throw new Error('no block of ports is free');
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server === undefined) return false;
  await new Promise((resolve) => server.close(resolve));
  return true;
}

/** Undefined when somebody listens there already. */
function listen(port: number): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
