/**
 * The certificates of a running member: handed to the two listeners that it has, read again on
 * demand, and what is missing said as long as it is.
 */
import type { Server as HttpServer } from 'node:http';
import { Server as HttpsServer, type ServerOptions } from 'node:https';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Peers } from './peers.ts';
import { serverOptionsOf, type TlsMaterial, validityOf } from './tls-files.ts';

/** How often it is said that somebody could listen, ms. */
const REMIND_MS = 60_000;

export class TlsWiring {
  readonly #config: Config;
  readonly #logger: Logger;
  #clients: HttpServer | undefined;
  #peers: Peers | undefined;

  constructor(config: Config, logger: Logger) {
    this.#config = config;
    this.#logger = logger;
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
    const { tls, ensemble, exposures } = this.#config;
    for (const each of [tls, ensemble?.tls]) if (each !== undefined) this.#judge(each.material);
    if (exposures.length === 0) return;
    const remind = () => this.#logger.warn({ exposures }, 'open to the network (--insecure)');
    remind();
    setInterval(remind, REMIND_MS).unref();
  }

  /** All files are read and found good, or everything stays as it was. */
  renew(): void {
    const { tls, ensemble } = this.#config;
    try {
      const ofClients = tls?.read();
      const ofPeers = ensemble?.tls?.read();
      if (ofClients !== undefined) this.#renewClients(ofClients);
      if (ofPeers !== undefined) this.#peers?.renewTls(ofPeers);
      for (const each of [ofClients, ofPeers]) if (each !== undefined) this.#judge(each);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger.error({ reason }, 'certificates were not renewed: those before stay in use');
      return;
    }
    this.#logger.info('certificates were renewed');
  }

  #renewClients(material: TlsMaterial): void {
    if (this.#clients instanceof HttpsServer) {
      this.#clients.setSecureContext(serverOptionsOf(material));
    }
  }

  #judge(material: TlsMaterial): void {
    const { subject, validTo } = material.certificate;
    const reason = validityOf(material, Date.now());
    if (reason === undefined) this.#logger.info({ subject, until: validTo }, 'certificate');
    else this.#logger.warn({ subject, reason }, 'a certificate is not good now');
  }
}
