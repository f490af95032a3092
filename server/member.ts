/** Puts a member together: storage, tree, coordinator, HTTP. The one place that knows all parts. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { formatZxid } from '../raftlog/zxid.ts';
import { dataFiles } from '../storage/directory.ts';
import { readHighWater } from '../storage/high-water.ts';
import type { SetAside } from '../storage/opening.ts';
import { openSqliteStorage } from '../storage/sqlite-storage.ts';
import type { Storage } from '../storage/types.ts';
import { NO_PEERS, NO_SNAPSHOTS } from './alone.ts';
import { refuseOtherMembers } from './belonging.ts';
import { ChrootedCoordinator } from './chrooted-coordinator.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { MemberCoordinator } from './coordinator.ts';
import { Peers } from './peers.ts';
import { recover, recoverOrSetAside } from './recover.ts';
import { shownDigest } from './shown-digest.ts';
import { TlsWiring } from './tls-wiring.ts';

export interface Member {
  /** Base URL, like http://127.0.0.1:7181. */
  readonly url: string;
  readonly port: number;
  /**
   * Reads certificates and keys again. Connections that stand are not cut, but for those whose
   * certificate is revoked. Never throws.
   */
  renewTls(): void;
  /** Takes no more requests, finishes what is under way, closes. Idempotent. */
  stop(): Promise<void>;
}

export interface MemberOptions {
  readonly config: Config;
  readonly version: string;
  /** The disk failed: nothing that is in flight will be answered, the process should end. */
  readonly onFatal: (error: Error) => void;
}

/** How long a graceful stop waits for another leader, and for writes that are under way, ms. */
const HAND_OVER_MS = 2000;
const DRAIN_MS = 5000;

/** Starts a member. Rejects with `StorageRefusal` when its data cannot be trusted. */
export async function startMember(options: MemberOptions): Promise<Member> {
  const { config, version } = options;
  const logger = pino({ level: config.logLevel, base: { member: config.id } });
  let coordinator: MemberCoordinator | undefined;
  const open = (setAside: SetAside): Storage =>
    openSqliteStorage({
      directory: config.dataDir,
      memberId: config.id,
      historyEntries: config.limits.historyEntries,
      setAside,
      onFatal: (error) => {
        coordinator?.fail(`the disk failed: ${error.message}`);
        options.onFatal(error);
      },
    });
  // The directory is read while the code of the HTTP surface is loaded: a start takes less time.
  const [{ storage, state, recovered }, { buildApp }] = await Promise.all([
    config.ensemble === undefined
      ? recover(open('never'), logger)
      : recoverOrSetAside(open, logger),
    import('../routes/app.ts'),
  ]);
  refuseOtherMembers(config, recovered);
  const peers = config.ensemble && new Peers(config.id, config.ensemble, storage, logger);
  coordinator = new ChrootedCoordinator({
    id: config.id,
    members: config.ensemble?.members ?? { voters: [config.id], observers: [] },
    storage,
    state,
    recovered,
    limits: config.limits,
    clock: systemClock,
    version,
    addresses: config.ensemble?.peers ?? [],
    random: Math.random,
    founding: randomBytes(16).toString('hex'),
    transport: (handler) => peers?.connect(handler) ?? NO_PEERS,
    snapshots: peers ?? NO_SNAPSHOTS,
    showDigest: shownDigest(config.ensemble?.secret ?? directorySecret(config)),
    logger,
  });
  const serving = coordinator.start();
  // One of several answers that it has no leader yet; one alone is ready in a moment.
  if (peers === undefined) await serving;
  else await peers.start();
  const tls = new TlsWiring(config, logger);
  const app = buildApp(coordinator, {
    allowedHosts: [...config.allowedHosts, config.listen.host],
    allowedOrigins: config.allowedOrigins,
    superId: config.superId,
    superSubject: config.superSubject,
    tls: tls.ofClients(),
    certificates: () => tls.times(),
    version,
    logger,
  });
  await app.listen({ host: config.listen.host, port: config.listen.port });
  const { port } = app.server.address() as AddressInfo;
  const host = config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host;
  const url = `${config.tls === undefined ? 'http' : 'https'}://${host}:${port}`;
  tls.start(app.server, peers);
  logger.info({ url, zxid: formatZxid(state.lastZxid), znodes: state.tree.size }, 'serving');
  const renewTls = () => tls.renew();
  return { url, port, renewTls, stop: stopOnce(app, coordinator, storage, peers) };
}

/** What nobody knows who cannot read the directory. */
function directorySecret({ dataDir }: Config): string {
  return readHighWater(dataFiles(dataDir).highWater)?.directoryId ?? '';
}

/** Waits until something is so, or the time is up. */
async function until(ms: number, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + ms;
  while (!isSo() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function stopOnce(
  app: FastifyInstance,
  coordinator: MemberCoordinator,
  storage: Storage,
  peers: Peers | undefined,
): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await until(HAND_OVER_MS, () => coordinator.handOver());
    coordinator.stop();
    await until(DRAIN_MS, () => coordinator.inFlight === 0);
    await app.close();
    coordinator.end();
    await peers?.stop();
    await storage.close();
  };
  return () => {
    stopping ??= stop();
    return stopping;
  };
}
