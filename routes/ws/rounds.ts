/** What a connection does by itself as time passes: pings, and progress told to quiet ones. */
import type { Zxid } from '../../raftlog/zxid.ts';

/** Pings are at most this far apart, ms; within a short session timeout there are three. */
const PING_MAX_MS = 20_000;
const PINGS_PER_TIMEOUT = 3;
/** A connection with watches is told this often how far it has come, ms. */
const PROGRESS_MS = 5000;

export class Rounds {
  #pingEveryMs = PING_MAX_MS;
  #pingedAt: number;
  #toldAt: number;
  #toldZxid: Zxid;

  constructor(now: number, zxid: Zxid) {
    this.#pingedAt = now;
    this.#toldAt = now;
    this.#toldZxid = zxid;
  }

  pingFor(timeoutMs: number): void {
    this.#pingEveryMs = Math.min(PING_MAX_MS, timeoutMs / PINGS_PER_TIMEOUT);
  }

  pingDue(now: number): boolean {
    if (now - this.#pingedAt < this.#pingEveryMs) return false;
    this.#pingedAt = now;
    return true;
  }

  /** Whether to tell that everything through `zxid` has been sent. */
  progressDue(now: number, zxid: Zxid): boolean {
    if (now - this.#toldAt < PROGRESS_MS || zxid === this.#toldZxid) return false;
    this.#toldAt = now;
    this.#toldZxid = zxid;
    return true;
  }
}
