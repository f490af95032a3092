/** The other members, as this member's parts see them: streams, and snapshots that they give. */
import type { MemberId } from '../raftlog/types.ts';
import type { Storage } from '../storage/types.ts';
import type { EnsembleConfig } from './ensemble-config.ts';
import { clusterIdOf, clusterKey } from './peers/handshake.ts';
import { createPeerTransport } from './peers/transport.ts';
import type { PeerHandler, PeerLog, PeerTls, PeerTransport } from './peers/types.ts';
import { type FetchedSnapshot, PeerSnapshots, type Snapshots } from './snapshots.ts';
import { contextOf, serverOptionsOf, type TlsMaterial } from './tls-files.ts';

export class Peers implements Snapshots {
  readonly #id: MemberId;
  readonly #config: EnsembleConfig;
  readonly #storage: Storage;
  readonly #log: PeerLog;
  #transport: PeerTransport | undefined;

  constructor(id: MemberId, config: EnsembleConfig, storage: Storage, log: PeerLog) {
    this.#id = id;
    this.#config = config;
    this.#storage = storage;
    this.#log = log;
  }

  /** Who is told what the others say. Once, before everything else. */
  connect(handler: PeerHandler): PeerTransport {
    const { members, peers, listen, secret, tls } = this.#config;
    const key = clusterKey(secret);
    this.#transport = createPeerTransport({
      id: this.#id,
      cluster: { id: clusterIdOf(members, key), key },
      listen,
      peers,
      handler,
      log: this.#log,
      ...(tls === undefined ? undefined : { tls: peerTls(tls.material) }),
    });
    return this.#transport;
  }

  renewTls(material: TlsMaterial): void {
    this.#transport?.renewTls(peerTls(material));
  }

  async start(): Promise<void> {
    await this.#transport?.start();
  }

  async stop(): Promise<void> {
    await this.#transport?.stop();
  }

  async fetch(from: MemberId): Promise<FetchedSnapshot | undefined> {
    const transport = this.#transport;
    if (transport === undefined) return undefined;
    const snapshots = new PeerSnapshots(
      this.#storage,
      (member, options) => transport.fetchSnapshot(member, options),
      this.#log,
    );
    return await snapshots.fetch(from);
  }
}

/** Both sides show a certificate, and believe the authorities of the ensemble alone. */
function peerTls(material: TlsMaterial): PeerTls {
  return {
    server: { ...serverOptionsOf(material), requestCert: true, rejectUnauthorized: true },
    client: contextOf(material),
    ...(material.revoked === undefined ? undefined : { revoked: material.revoked }),
  };
}
