/** What a connection does by itself as time passes: pings, silence, progress told to quiet ones. */
import type { Zxid } from '../../raftlog/zxid.ts';
import type { Replays } from './replays.ts';

/** How often pings, late connects, sessions and progress are looked after, ms. */
export const ROUND_MS = 250;

/** Pings are at most this far apart, ms; within a short session timeout there are three. */
const PING_MAX_MS = 20_000;
const PINGS_PER_TIMEOUT = 3;
/** A connection with watches is told this often how far it has come, ms. */
const PROGRESS_MS = 5000;

/** Whether there still is somebody at the other end. */
export class Liveness {
  #timeoutMs = Number.POSITIVE_INFINITY;
  #pingEveryMs = PING_MAX_MS;
  #pingedAt: number;
  #heardAt: number;
  /** Since the last look: what comes costs no look at the clock. */
  #heard = false;

  constructor(now: number) {
    this.#pingedAt = now;
    this.#heardAt = now;
  }

  /** The session's timeout is known from now on. */
  judgeBy(timeoutMs: number): void {
    this.#timeoutMs = timeoutMs;
    this.#pingEveryMs = Math.min(PING_MAX_MS, timeoutMs / PINGS_PER_TIMEOUT);
    this.#heard = true;
  }

  /** Anything at all has come. */
  heard(): void {
    this.#heard = true;
  }

  pingDue(now: number): boolean {
    if (now - this.#pingedAt < this.#pingEveryMs) return false;
    this.#pingedAt = now;
    return true;
  }

  /** Nothing has come for longer than the session may be silent. */
  silent(now: number): boolean {
    if (this.#heard) {
      this.#heard = false;
      this.#heardAt = now;
    }
    return now - this.#heardAt > this.#timeoutMs;
  }
}

/** How far a connection has come that waits for events. */
export class Progress {
  #watches = false;
  readonly #replays: Replays;
  #toldAt: number;
  #toldZxid: Zxid;

  constructor(now: number, zxid: Zxid, replays: Replays) {
    this.#toldAt = now;
    this.#toldZxid = zxid;
    this.#replays = replays;
  }

  /** A watch was left. One that begins in the past holds back progress until it has caught up. */
  watching(watch: number, fromThePast: boolean): void {
    this.#watches = true;
    if (fromThePast) this.#replays.begin(watch);
  }

  /** The watch has no past to come any more. */
  settled(watch: number): void {
    this.#replays.end(watch);
  }

  /** The connection is gone. */
  clear(): void {
    this.#replays.clear();
  }

  /** Whether to tell that everything through `zxid` has been sent. */
  due(now: number, zxid: Zxid): boolean {
    if (!this.#watches || this.#replays.any) return false;
    if (now - this.#toldAt < PROGRESS_MS || zxid === this.#toldZxid) return false;
    this.#toldAt = now;
    this.#toldZxid = zxid;
    return true;
  }
}
