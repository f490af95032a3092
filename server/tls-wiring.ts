/**
 * The certificates of a running member: handed to the two listeners that it has, read again on
 * demand, until when they are good said and shown, and what is missing said as long as it is.
 */
import type { Server as HttpServer } from 'node:http';
import { Server as HttpsServer, type ServerOptions } from 'node:https';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Peers } from './peers.ts';
import { CertifiedConnections } from './revocations.ts';
import {
  nextUpdateOf,
  serverOptionsOf,
  stalenessOf,
  type TlsMaterial,
  validityOf,
} from './tls-files.ts';
import type { CertificateTimes } from './types.ts';

/** How often it is said that somebody could listen, ms. */
const REMIND_MS = 60_000;
/** How often certificates are looked at again, which may run out meanwhile, ms. */
const JUDGE_MS = 86_400_000;

export class TlsWiring {
  readonly #config: Config;
  readonly #logger: Logger;
  #clients: HttpServer | undefined;
  #peers: Peers | undefined;
  readonly #connections = new CertifiedConnections();
  #ofClients: TlsMaterial | undefined;
  #ofPeers: TlsMaterial | undefined;

  constructor(config: Config, logger: Logger) {
    this.#config = config;
    this.#logger = logger;
    this.#ofClients = config.tls?.material;
    this.#ofPeers = config.ensemble?.tls?.material;
  }

  /** What the listener for clients is made with; undefined when it is plain. */
  ofClients(): ServerOptions | undefined {
    const { tls } = this.#config;
    if (tls === undefined) return undefined;
    const { material, clientAuth } = tls;
    return {
      ...serverOptionsOf(material),
      requestCert: clientAuth !== 'none',
      rejectUnauthorized: clientAuth === 'require',
    };
  }

  /** The listeners are there. */
  start(clients: HttpServer, peers: Peers | undefined): void {
    this.#clients = clients;
    this.#peers = peers;
    const { exposures } = this.#config;
    if (this.#ofClients?.revoked !== undefined) this.#connections.watch(clients);
    if (this.#materials().length > 0) {
      this.#judge('all');
      setInterval(() => this.#judge('what is wrong'), JUDGE_MS).unref();
    }
    if (exposures.length === 0) return;
    const remind = () => this.#logger.warn({ exposures }, 'open to the network (--insecure)');
    remind();
    setInterval(remind, REMIND_MS).unref();
  }

  /** Of each listener that has some. */
  times(): CertificateTimes[] {
    return this.#materials().map(([listener, material]) => ({
      listener,
      notAfterMs: Date.parse(material.certificate.validTo),
      nextUpdateMs: nextUpdateOf(material),
    }));
  }

  /** All files are read and found good, or everything stays as it was. */
  renew(): void {
    const { tls, ensemble } = this.#config;
    try {
      const ofClients = tls?.read();
      const ofPeers = ensemble?.tls?.read();
      if (ofClients !== undefined) this.#renewClients(ofClients);
      if (ofPeers !== undefined) this.#peers?.renewTls(ofPeers);
      this.#ofClients = ofClients;
      this.#ofPeers = ofPeers;
      this.#judge('all');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger.error({ reason }, 'certificates were not renewed: those before stay in use');
      return;
    }
    this.#logger.info('certificates were renewed');
  }

  #renewClients(material: TlsMaterial): void {
    if (!(this.#clients instanceof HttpsServer)) return;
    this.#clients.setSecureContext(serverOptionsOf(material));
    const connections = this.#connections.cut(material.revoked ?? []);
    if (connections > 0) this.#logger.warn({ connections }, 'cut: their certificates are revoked');
  }

  #materials(): (readonly [CertificateTimes['listener'], TlsMaterial])[] {
    return [
      ...(this.#ofClients === undefined ? [] : [['clients', this.#ofClients] as const]),
      ...(this.#ofPeers === undefined ? [] : [['peers', this.#ofPeers] as const]),
    ];
  }

  #judge(what: 'all' | 'what is wrong'): void {
    const now = Date.now();
    for (const [, material] of this.#materials()) {
      const { subject, validTo } = material.certificate;
      const reason = validityOf(material, now);
      if (reason !== undefined) this.#logger.warn({ subject, reason }, 'certificate: renew it');
      else if (what === 'all') this.#logger.info({ subject, until: validTo }, 'certificate');
      const stale = stalenessOf(material, now);
      if (stale !== undefined) this.#logger.warn({ reason: stale }, 'revocations: renew them');
    }
  }
}
