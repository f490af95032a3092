/**
 * What the replica loop and the pipeline see of the transport between members: `PeerTransport` is
 * what they call, `PeerHandler` what they are called with. Nothing of HTTP shows here; what goes
 * over the wire is in docs/PROTOCOL.md.
 */
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import type { Message } from '../../raftlog/messages.ts';
import type { MemberId } from '../../raftlog/types.ts';
import type { AppliedMark, SnapshotSource } from '../../storage/types.ts';
import type { Clock } from '../clock.ts';
import type { RevocationList } from '../revocations.ts';

export interface PeerAddress {
  readonly id: MemberId;
  /** A name is looked up again at each attempt to connect. */
  readonly host: string;
  readonly port: number;
}

/** Which ensemble this is, and the proof of belonging to it. See `clusterKey`, `clusterIdOf`. */
export interface Cluster {
  /** 64 lower-case hex digits, the same on all members. */
  readonly id: string;
  readonly key: ClusterKey;
}

export interface ClusterKey {
  /** Names the secret without giving it away: a truncated digest of it, 16 hex digits. */
  readonly id: string;
  /** What proofs are made with; derived from the secret. Never logged, never sent. */
  readonly bytes: Uint8Array;
}

/** What is opaque to the transport; it arrives as what it was sent as. */
export type Payload = string | Uint8Array;

export interface PeerTransport {
  /** Listens and begins to connect. Rejects when the address cannot be listened on. */
  start(): Promise<void>;
  /** The port that is listened on; 0 before `start`. */
  readonly port: number;
  /**
   * Sends a message of the core. Never blocks and never calls the handler within the call. The
   * message is dropped when no stream to the member stands; when too much waits for the member
   * already, the stream is given up. The core copes with both.
   */
  send(to: MemberId, message: Message): void;
  /**
   * Sends client writes to the leader. False: nothing was sent, because no stream stands or the
   * lane is full. True: it arrives, after all that was forwarded before it, or `lost` is told.
   */
  forward(to: MemberId, payload: Payload): boolean;
  /**
   * Answers what was forwarded; replies arrive in the order of the calls. False: no stream stands,
   * and the other side knows. A lane that is full gives up the stream: no reply is left out.
   */
  forwardReply(to: MemberId, payload: Payload): boolean;
  /**
   * Writes at once what was sent in this turn of the event loop; otherwise it is written at the end
   * of the turn. For who knows that nothing more comes in this turn.
   */
  flush(): void;
  /**
   * Who belongs to the ensemble from now on; this member itself may be among them. The streams of
   * those who do not are closed.
   */
  setPeers(peers: readonly PeerAddress[]): void;
  /**
   * The ensemble has this id: 32 hex digits. Streams of members that know of another one are
   * closed, and none is opened with them any more.
   */
  setEnsemble(ensemble: string): void;
  /**
   * Connections are made with these certificates from now on; streams that stand are not cut, but
   * for those of members whose certificate is revoked. Only for a transport that had some.
   */
  renewTls(tls: PeerTls): void;
  /**
   * Brings a snapshot from a member, chunk by chunk, over a connection of its own. Resumes after a
   * broken connection. Rejects with `SnapshotFailure`.
   */
  fetchSnapshot(from: MemberId, options: FetchSnapshotOptions): Promise<void>;
  /** All peers but this member, in the order of their numbers. */
  status(): readonly PeerStatus[];
  /**
   * Sends what is queued if that is quick, closes all streams, stops listening. The handler hears
   * of nothing any more. Idempotent.
   */
  stop(): Promise<void>;
}

/** Called by the transport, never within a call of `PeerTransport` but one that sets something. */
export interface PeerHandler {
  /**
   * A message of the core. Appends of a sender come in the order sent, its other messages too;
   * these may overtake appends.
   */
  message(from: MemberId, message: Message): void;
  /** A stream to and from the member stands: both sides have proved themselves. */
  connected(member: MemberId): void;
  /**
   * The stream has ended: the member may have died. What was under way, in either direction, is
   * lost; nothing of it arrives later. Once for each `connected`.
   */
  lost(member: MemberId): void;
  /** What the member forwarded, in its order. */
  forwarded(from: MemberId, payload: Payload): void;
  /** The answer of the member to what was forwarded to it, in the order in which it answered. */
  forwardReplied(from: MemberId, payload: Payload): void;
  /** Everything that one read of the socket brought has been handed over: a good time to work. */
  drained?(from: MemberId): void;
  /**
   * Opens a snapshot for a member; undefined when none can be given now. It is closed when another
   * is opened for the same member, when the member gives up, and when nobody has asked for long:
   * not when its last chunk was sent, since it keeps the log that the member needs next.
   */
  openSnapshot(to: MemberId): Promise<SnapshotSource | undefined>;
}

export interface SnapshotMeta {
  /** Names the open snapshot at the member that serves it. */
  readonly id: string;
  readonly mark: AppliedMark;
}

export interface FetchSnapshotOptions {
  /** Once, first. What it returns is waited for. */
  readonly onMeta: (meta: SnapshotMeta) => void | Promise<void>;
  /** Each chunk once, whole and proved, in order. The next is asked for when it is done with. */
  readonly onChunk: (bytes: Uint8Array, chunk: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * Why a snapshot could not be fetched. All but `aborted` may be tried again from the beginning.
 * - `unreachable`: the member was not reached, or nothing came for too long.
 * - `gone`: it does not serve this snapshot any more; it was restarted, or we were too slow.
 * - `busy`: it serves as many as it may, or has none now.
 * - `refused`: it does not accept us, did not prove itself, or sent what makes no sense.
 */
export type SnapshotFailureReason = 'unreachable' | 'gone' | 'busy' | 'refused' | 'aborted';

export class SnapshotFailure extends Error {
  override readonly name = 'SnapshotFailure';
  readonly reason: SnapshotFailureReason;

  constructor(reason: SnapshotFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface PeerStatus {
  readonly id: MemberId;
  readonly host: string;
  readonly port: number;
  readonly connected: boolean;
  /** Why not: what was answered to the last attempt, or how the stream ended. */
  readonly reason?: string;
  /** Of the process at the other end; '' when none was ever connected. */
  readonly incarnation: string;
  /** False when the member last said that it was configured with other addresses or members. */
  readonly sameConfiguration: boolean;
  /** Milliseconds since anything was received from it; undefined when nothing ever was. */
  readonly lastHeardMs: number | undefined;
  /** Bytes that wait for the socket, and that the socket has taken and not yet sent. */
  readonly queuedBytes: number;
  /** Since the start of this process, over all streams. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly streams: number;
}

/** A pino logger, or what looks like one. */
export interface PeerLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

/**
 * Certificates, keys and authorities for both ends of every connection, as node:https takes them.
 * Both sides show a certificate, which must name the host that the member is known by.
 */
export interface PeerTls {
  readonly server: SecureContextOptions & TlsOptions;
  readonly client: SecureContextOptions;
  /** Whose certificates are good no more, at either end; connections of theirs are cut. */
  readonly revoked?: readonly RevocationList[];
}

export interface PeerTransportOptions {
  readonly id: MemberId;
  readonly cluster: Cluster;
  readonly listen: { readonly host: string; readonly port: number };
  /** All members that there are; this one may be among them. */
  readonly peers: readonly PeerAddress[];
  readonly handler: PeerHandler;
  readonly log: PeerLog;
  readonly clock?: Clock;
  /** Uniform in [0, 1): spreads attempts to connect. */
  readonly random?: () => number;
  readonly limits?: Partial<PeerLimits>;
  readonly tls?: PeerTls;
}

/** Bytes, milliseconds and counts that bound what a peer can cost. */
export interface PeerLimits {
  /** The largest frame: one append with all of its entries. */
  readonly frameBytes: number;
  /** What may wait for one member before its stream is given up. */
  readonly queueBytes: number;
  /** Of that, what was forwarded: beyond, `forward` says false. */
  readonly forwardBytes: number;
  /** Handed to the socket at a time: what a heartbeat may have to wait behind. */
  readonly socketBytes: number;
  /** The first and the longest wait between attempts to connect. */
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** Connecting and proving must be done by then, at either end. */
  readonly handshakeMs: number;
  /** A stream on which nothing was sent for so long sends a sign of life. */
  readonly keepaliveMs: number;
  /** A stream that was silent for so many of these is given up. */
  readonly keepalivesMissed: number;
  /** How long a stop waits for what is queued. */
  readonly stopMs: number;
  /** Connections to the listener at one time: beyond, the oldest that has proved nothing goes. */
  readonly connections: number;
  readonly snapshots: number;
  /** A snapshot that nobody asked about for so long is closed. */
  readonly snapshotIdleMs: number;
  /**
   * The largest chunk of a snapshot, about a megabyte but for a single znode with more data. As in
   * JSON, where each byte may be escaped as six; the same for all, whatever `dataBytes` they have.
   */
  readonly chunkBytes: number;
  /** No byte for so long: the connection is given up, and made again. */
  readonly stallMs: number;
  /** No chunk for so long: the snapshot is given up. */
  readonly snapshotGiveUpMs: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_PEER_LIMITS: PeerLimits = {
  frameBytes: 32 * MIB,
  queueBytes: 64 * MIB,
  forwardBytes: 16 * MIB,
  socketBytes: MIB / 4,
  retryMinMs: 10,
  retryMaxMs: 500,
  handshakeMs: 1000,
  keepaliveMs: 500,
  keepalivesMissed: 4,
  stopMs: 500,
  connections: 256,
  snapshots: 2,
  snapshotIdleMs: 60_000,
  chunkBytes: 128 * MIB,
  stallMs: 5000,
  snapshotGiveUpMs: 60_000,
};
