/**
 * Who is let in at the peer listener. Each reason not to be is a code with a status and a sentence;
 * docs/PROTOCOL.md has the table. Nothing of a request is acted upon before it has passed.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { MemberId } from '../../raftlog/types.ts';
import type { Clock } from '../clock.ts';
import {
  CHALLENGE,
  type Handshake,
  isSame,
  newNonce,
  readHandshake,
  requestProof,
  sameVersion,
} from './handshake.ts';
import type { Cluster, PeerAddress } from './types.ts';

export const REFUSALS = {
  MalformedHandshake: [400, 'a header of the handshake is missing or has a wrong form'],
  OtherVersion: [409, 'this member speaks another version of the protocol between members'],
  WrongSecret: [401, 'the proof was not made with the secret of this ensemble'],
  StaleChallenge: [401, 'the challenge is too old, or was used, or is of another process'],
  OtherCluster: [403, 'the sender belongs to an ensemble that began with other members'],
  UnknownMember: [403, 'the sender is no member of the ensemble, as far as this member knows'],
  WrongCertificate: [403, 'the certificate is not for the host that the sender is known by'],
  OtherEnsemble: [403, 'the data directories of the two members are of two ensembles'],
  OtherMember: [421, 'the request is for another member than this one'],
  OwnId: [409, 'the sender says that it is this very member'],
  NumberTaken: [409, 'another process that lives has the number of the sender'],
  Superseded: [409, 'another process has taken the place of this one'],
  OtherDirection: [409, 'of two members the one with the larger number connects'],
  NotFound: [404, 'there is no such resource for members'],
  SnapshotGone: [410, 'this snapshot is not open, or not for this member'],
  SnapshotBusy: [503, 'no snapshot can be opened now'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type RefusalCode = keyof typeof REFUSALS;

/** How long a challenge may be used, ms. */
const CHALLENGE_MS = 60_000;

export interface GateOptions {
  readonly id: MemberId;
  readonly cluster: Cluster;
  /** The id of the ensemble, as far as it is known by now. */
  readonly ensemble: () => string | undefined;
  readonly clock: Clock;
  /** Undefined for who is no member. */
  readonly addressOf: (id: MemberId) => PeerAddress | undefined;
  /** Whether who connected may speak for the member at `host`. */
  readonly isCertified: (socket: Socket, host: string) => boolean;
}

export interface Admission {
  readonly handshake: Handshake;
  readonly proof: string;
}

export interface Rejection {
  readonly refusal: RefusalCode;
  /** Who it says it is, if that can be read at all. Nothing proves it. */
  readonly from: MemberId | undefined;
}

/** Whether these are two ensembles: who knows of none may belong to any. */
export function areTwo(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

export class Gate {
  readonly #options: GateOptions;
  /** Only this process knows its challenges again: none of an earlier one is worth anything. */
  readonly #key = randomBytes(32);
  /** Challenges that were used for what may happen once only, oldest first, by the time of use. */
  readonly #spent = new Map<string, number>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** A nonce that only this process could have made. Nothing is kept of it. */
  challenge(): string {
    const told = Math.floor(this.#options.clock.monotonic()).toString(36);
    const nonce = newNonce();
    return `${told}.${nonce}.${this.#sign(told, nonce)}`;
  }

  /**
   * Judges a request by its headers. `once`: what it asks for must not happen again when somebody
   * who heard it repeats it, so that its challenge is used up.
   */
  admit(request: IncomingMessage, once: boolean): Admission | Rejection {
    const { id, cluster, ensemble, addressOf, isCertified } = this.#options;
    const { headers, method = '', url = '' } = request;
    if (!sameVersion(headers)) return { refusal: 'OtherVersion', from: undefined };
    const read = readHandshake(headers);
    if (read === undefined) return { refusal: 'MalformedHandshake', from: undefined };
    const { handshake, proof } = read;
    const { from } = handshake;
    // What an operator can mistake is told before what only an attacker gets wrong.
    if (handshake.key !== cluster.key.id) return { refusal: 'WrongSecret', from };
    if (handshake.cluster !== cluster.id) return { refusal: 'OtherCluster', from };
    const wanted = requestProof(cluster.key, method, url, handshake);
    if (!isSame(proof, wanted)) return { refusal: 'WrongSecret', from };
    if (handshake.to !== id) return { refusal: 'OtherMember', from };
    if (from === id) return { refusal: 'OwnId', from };
    const address = addressOf(from);
    if (address === undefined) return { refusal: 'UnknownMember', from };
    if (!isCertified(request.socket, address.host)) return { refusal: 'WrongCertificate', from };
    if (areTwo(handshake.ensemble, ensemble())) return { refusal: 'OtherEnsemble', from };
    if (!this.#isFresh(handshake.challenge, once)) return { refusal: 'StaleChallenge', from };
    return { handshake, proof };
  }

  #isFresh(challenge: string, once: boolean): boolean {
    const [told = '', nonce = '', signature = ''] = challenge.split('.');
    if (!CHALLENGE.test(challenge) || !isSame(signature, this.#sign(told, nonce))) return false;
    const now = this.#options.clock.monotonic();
    if (now - Number.parseInt(told, 36) > CHALLENGE_MS) return false;
    for (const [old, usedAt] of this.#spent) {
      if (now - usedAt <= CHALLENGE_MS) break;
      this.#spent.delete(old);
    }
    if (this.#spent.has(challenge)) return false;
    if (once) this.#spent.set(challenge, now);
    return true;
  }

  #sign(told: string, nonce: string): string {
    return createHmac('sha256', this.#key).update(`${told}.${nonce}`).digest('hex');
  }
}
