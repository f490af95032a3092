/**
 * The transport between members: a stream to each of the others, kept up for as long as this member
 * runs. Puts the parts together and keeps what is known about each peer. The larger number of two
 * members opens their stream, so that there is exactly one, and its end says the same to both.
 */
import type { Message } from '../../raftlog/messages.ts';
import type { MemberId } from '../../raftlog/types.ts';
import { type Clock, systemClock } from '../clock.ts';
import { AppendBlocks } from './append-blocks.ts';
import type { CallFailure, Self } from './caller.ts';
import { isCertified } from './connections.ts';
import { Dialer, opensStreams } from './dialer.ts';
import { areTwo, Gate, REFUSALS, type RefusalCode } from './gate.ts';
import { configurationOf, type Handshake, type Introduction, newIncarnation } from './handshake.ts';
import { Link, type Stream } from './link.ts';
import { PeerListener } from './listener.ts';
import { Rivals } from './rivals.ts';
import { fetchSnapshot } from './snapshot-fetch.ts';
import { SnapshotShelf } from './snapshot-shelf.ts';
import {
  DEFAULT_PEER_LIMITS,
  type FetchSnapshotOptions,
  type Payload,
  type PeerAddress,
  type PeerHandler,
  type PeerLimits,
  type PeerLog,
  type PeerStatus,
  type PeerTls,
  type PeerTransport,
  type PeerTransportOptions,
  SnapshotFailure,
} from './types.ts';

/** Processes of a member that were followed by another one: so many are remembered. */
const RETIRED = 16;

interface Peer {
  readonly address: PeerAddress;
  readonly dialer: Dialer;
  link: Link | undefined;
  /** Of the process that the last stream was with. */
  incarnation: string;
  /** As it was told last: of which ensemble it is. */
  ensemble: string | undefined;
  retired: string[];
  sameConfiguration: boolean;
  /** What was logged last: the next line is written when it is something else. */
  state: string;
  lastHeardAt: number | undefined;
  streams: number;
  /** Of former streams. */
  sentBytes: number;
  receivedBytes: number;
}

export function createPeerTransport(options: PeerTransportOptions): PeerTransport {
  return new HttpPeerTransport(options);
}

class HttpPeerTransport implements PeerTransport {
  readonly #id: MemberId;
  readonly #self: Self;
  #tls: PeerTls | undefined;
  readonly #listen: PeerTransportOptions['listen'];
  readonly #handler: PeerHandler;
  readonly #log: PeerLog;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #limits: PeerLimits;
  readonly #listener: PeerListener;
  readonly #shelf: SnapshotShelf;
  readonly #rivals: Rivals;
  readonly #blocks = new AppendBlocks();
  readonly #peers = new Map<MemberId, Peer>();
  #configuration = '';
  #ensemble: string | undefined;
  /** Who was turned away and why, as far as that was logged. */
  readonly #turnedAway = new Set<string>();
  #state: 'new' | 'running' | 'stopped' = 'new';
  #cancelLook = () => {};
  #stopping: Promise<void> | undefined;

  constructor(options: PeerTransportOptions) {
    const { id, cluster, handler, log, tls, clock = systemClock, random = Math.random } = options;
    this.#id = id;
    this.#listen = options.listen;
    this.#handler = handler;
    this.#log = log;
    this.#clock = clock;
    this.#random = random;
    this.#limits = { ...DEFAULT_PEER_LIMITS, ...options.limits };
    const configuration = () => this.#configuration;
    const ensemble = () => this.#ensemble;
    this.#tls = tls;
    this.#self = {
      ...{ id, cluster, incarnation: newIncarnation(), configuration, ensemble },
      tls: () => this.#tls,
    };
    const limits = this.#limits;
    const openSnapshot = (to: MemberId) => handler.openSnapshot(to);
    this.#shelf = new SnapshotShelf({ limits, clock, openSnapshot });
    this.#rivals = new Rivals(this.#self, clock, limits.handshakeMs / 2);
    const addressOf = (peer: MemberId) => this.#peers.get(peer)?.address;
    this.#listener = new PeerListener({
      self: this.#self,
      limits,
      clock,
      gate: new Gate({ id, cluster, ensemble, clock, addressOf, isCertified }),
      shelf: this.#shelf,
      streamRefusal: (handshake) => this.#streamRefusal(handshake),
      opened: (handshake, stream) => this.#opened(handshake.from, stream, handshake),
      knocked: (handshake) => this.#knocked(handshake),
      turnedAway: (what, from, address) => this.#onTurnedAway(what, from, address),
      closed: (reason, connections, address) => {
        const facts = { reason, connections, address };
        log.warn(facts, 'closed connections to the peer listener that had proved nothing');
      },
    });
    this.setPeers(options.peers);
  }

  get port(): number {
    return this.#listener.port;
  }

  async start(): Promise<void> {
    await this.#listener.listen(this.#listen.host, this.#listen.port);
    this.#state = 'running';
    for (const { dialer } of this.#peers.values()) dialer.start();
    this.#planLook();
  }

  send(to: MemberId, message: Message): void {
    this.#peers.get(to)?.link?.send(message);
  }

  forward(to: MemberId, payload: Payload): boolean {
    return this.#peers.get(to)?.link?.forward(payload) ?? false;
  }

  forwardReply(to: MemberId, payload: Payload): boolean {
    return this.#peers.get(to)?.link?.forwardReply(payload) ?? false;
  }

  flush(): void {
    for (const { link } of this.#peers.values()) link?.flush();
  }

  setPeers(peers: readonly PeerAddress[]): void {
    this.#configuration = configurationOf(peers);
    for (const [id, peer] of this.#peers) {
      const now = peers.find((other) => other.id === id);
      if (now?.host === peer.address.host && now.port === peer.address.port) continue;
      this.#peers.delete(id);
      this.#forget(peer);
    }
    for (const address of peers) {
      if (address.id === this.#id || this.#peers.has(address.id)) continue;
      const peer = this.#newPeer(address);
      this.#peers.set(address.id, peer);
      if (this.#state === 'running') peer.dialer.start();
    }
  }

  setEnsemble(ensemble: string): void {
    if (ensemble === this.#ensemble) return;
    this.#ensemble = ensemble;
    for (const peer of this.#peers.values()) {
      peer.link?.tellEnsemble(ensemble);
      this.#cutStranger(peer);
    }
  }

  renewTls(tls: PeerTls): void {
    this.#tls = tls;
    for (const { link } of this.#peers.values()) link?.cutIfRevoked(tls.revoked ?? []);
    this.#listener.renewTls(tls);
  }

  fetchSnapshot(from: MemberId, options: FetchSnapshotOptions): Promise<void> {
    const peer = this.#peers.get(from)?.address;
    if (peer === undefined) {
      return Promise.reject(new SnapshotFailure('refused', `there is no member ${from}`));
    }
    const [self, limits, clock] = [this.#self, this.#limits, this.#clock];
    return fetchSnapshot({ ...options, self, peer, limits, clock });
  }

  status(): readonly PeerStatus[] {
    const now = this.#clock.monotonic();
    return [...this.#peers.values()]
      .sort((a, b) => a.address.id - b.address.id)
      .map((peer) => statusOf(peer, now));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const listening = this.#state === 'running';
    this.#state = 'stopped';
    this.#cancelLook();
    for (const { dialer } of this.#peers.values()) dialer.stop();
    const links = [...this.#peers.values()].map(({ link }) => link?.end(this.#limits.stopMs));
    await Promise.all(links);
    this.#shelf.closeAll();
    if (listening) await this.#listener.close();
  }

  #newPeer(address: PeerAddress): Peer {
    const { id } = address;
    const dialer = new Dialer({
      self: this.#self,
      peer: address,
      limits: this.#limits,
      clock: this.#clock,
      random: this.#random,
      opened: (stream, introduction) => this.#opened(id, stream, introduction),
      failed: (failure) => this.#failed(id, failure),
    });
    return {
      address,
      dialer,
      link: undefined,
      incarnation: '',
      ensemble: undefined,
      retired: [],
      sameConfiguration: true,
      state: '',
      lastHeardAt: undefined,
      streams: 0,
      sentBytes: 0,
      receivedBytes: 0,
    };
  }

  /** The peer is gone, or has moved to another address. */
  #forget(peer: Peer): void {
    peer.dialer.stop();
    const { link } = peer;
    if (link === undefined) return;
    link.close('it is no member any more, or has moved');
    this.#ended(peer, link, 'it is no member any more, or has moved');
  }

  /**
   * A process that was not met before takes the place of another one when it lives where the member
   * is configured to be; or, when nobody answers there, if no stream stands.
   */
  async #streamRefusal({ from, incarnation }: Handshake): Promise<RefusalCode | undefined> {
    if (opensStreams(this.#id, from)) return 'OtherDirection';
    const peer = this.#peers.get(from);
    if (peer === undefined || peer.incarnation === '' || peer.incarnation === incarnation) {
      return undefined;
    }
    const living = await this.#rivals.livingAt(peer.address);
    if (living === incarnation) return undefined;
    const stands = peer.link !== undefined && peer.incarnation !== incarnation;
    if (living !== undefined || stands) return 'NumberTaken';
    return peer.retired.includes(incarnation) ? 'Superseded' : undefined;
  }

  /** A stream to `id` stands: it opened it, or this member did. */
  #opened(id: MemberId, stream: Stream, introduction: Introduction): void {
    const { incarnation, configuration, ensemble } = introduction;
    const peer = this.#peers.get(id);
    if (peer === undefined || this.#state !== 'running') {
      stream.socket.destroy();
      return;
    }
    if (peer.link !== undefined) this.#replace(peer, peer.link);
    if (peer.incarnation !== '' && peer.incarnation !== incarnation) {
      const others = peer.retired.filter((retired) => retired !== incarnation);
      peer.retired = [...others, peer.incarnation].slice(-RETIRED);
    }
    const link: Link = new Link(stream, this.#limits, this.#blocks, {
      message: (message) => this.#handler.message(id, message),
      forwarded: (payload) => this.#handler.forwarded(id, payload),
      forwardReplied: (payload) => this.#handler.forwardReplied(id, payload),
      founded: (told) => {
        peer.ensemble = told;
        this.#cutStranger(peer);
      },
      drained: () => {
        peer.lastHeardAt = this.#clock.monotonic();
        this.#handler.drained?.(id);
      },
      ended: (reason) => this.#ended(peer, link, reason),
    });
    peer.link = link;
    peer.incarnation = incarnation;
    peer.ensemble = ensemble;
    peer.sameConfiguration = configuration === this.#configuration;
    peer.lastHeardAt = this.#clock.monotonic();
    peer.streams += 1;
    for (const known of this.#turnedAway) {
      if (known.startsWith(`${id} `)) this.#turnedAway.delete(known);
    }
    this.#note(peer, 'connected');
    this.#handler.connected(id);
    link.start();
    // It learned that, or this member did, while the answer was under way.
    if (this.#ensemble !== undefined) link.tellEnsemble(this.#ensemble);
    this.#cutStranger(peer);
  }

  /** What two ensembles say to each other does not belong together. */
  #cutStranger(peer: Peer): void {
    if (peer.link === undefined || !areTwo(peer.ensemble, this.#ensemble)) return;
    const [, detail] = REFUSALS.OtherEnsemble;
    peer.link.close(`OtherEnsemble: ${detail}`);
  }

  /** The other side has opened a new stream: the old one is of no use, whatever it looks like. */
  #replace(peer: Peer, link: Link): void {
    link.close('the other side has opened a new stream');
    this.#ended(peer, link, 'the other side has opened a new stream');
  }

  #ended(peer: Peer, link: Link, reason: string): void {
    if (peer.link !== link) return;
    peer.link = undefined;
    peer.sentBytes += link.sentBytes;
    peer.receivedBytes += link.receivedBytes;
    if (this.#state !== 'running') return;
    this.#note(peer, reason);
    if (opensStreams(this.#id, peer.address.id)) peer.dialer.start();
    this.#handler.lost(peer.address.id);
  }

  #failed(id: MemberId, { code, message }: CallFailure): void {
    const peer = this.#peers.get(id);
    if (peer !== undefined && peer.link === undefined) {
      this.#note(peer, code === undefined ? message : `${code}: ${message}`);
    }
  }

  /** A member that may not open the stream itself says that it is there. */
  async #knocked({ from, incarnation }: Handshake): Promise<RefusalCode | undefined> {
    const peer = this.#peers.get(from);
    if (peer === undefined || !opensStreams(this.#id, from)) return undefined;
    const isOther = () => peer.link !== undefined && peer.incarnation !== incarnation;
    // The stream is with another process, whose end has not been noticed; or which lives.
    if (isOther()) {
      const living = await this.#rivals.livingAt(peer.address);
      if (isOther() && living !== incarnation) return 'NumberTaken';
      if (isOther()) peer.link?.close('it has started again');
    }
    if (peer.link === undefined) peer.dialer.retryNow();
    return undefined;
  }

  /** One line for each change of what is known about a peer, whatever number of attempts. */
  #note(peer: Peer, state: string): void {
    if (peer.state === state) return;
    peer.state = state;
    const { id, host, port } = peer.address;
    const { sameConfiguration, incarnation } = peer;
    const facts = { peer: id, address: `${host}:${port}` };
    if (state !== 'connected') {
      this.#log.warn({ ...facts, reason: state }, 'not connected to a member');
    } else if (sameConfiguration) {
      this.#log.info({ ...facts, incarnation }, 'connected to a member');
    } else {
      const text = 'connected to a member that is configured with other members or addresses';
      this.#log.warn({ ...facts, incarnation }, text);
    }
  }

  /** Whoever knocks at the door a thousand times is written down once. */
  #onTurnedAway(what: string, from: MemberId | undefined, address: string): void {
    const known = `${from ?? '?'} ${what}`;
    if (this.#turnedAway.has(known)) return;
    this.#turnedAway.add(known);
    this.#log.warn({ claims: from, address, reason: what }, 'turned away at the peer listener');
  }

  #planLook(): void {
    this.#cancelLook = this.#clock.after(this.#limits.keepaliveMs, () => {
      for (const { link } of this.#peers.values()) link?.look();
      this.#shelf.look();
      this.#planLook();
    });
  }
}

function statusOf(peer: Peer, now: number): PeerStatus {
  const { address, link, state, incarnation, sameConfiguration, lastHeardAt, streams } = peer;
  return {
    ...address,
    connected: link !== undefined,
    ...(link === undefined && state !== '' ? { reason: state } : {}),
    incarnation,
    sameConfiguration,
    lastHeardMs: lastHeardAt === undefined ? undefined : now - lastHeardAt,
    queuedBytes: link?.queuedBytes ?? 0,
    sentBytes: peer.sentBytes + (link?.sentBytes ?? 0),
    receivedBytes: peer.receivedBytes + (link?.receivedBytes ?? 0),
    streams,
  };
}
