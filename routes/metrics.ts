/**
 * `/metrics` for Prometheus, in ZooKeeper's vocabulary where it has a word, so that dashboards and
 * alerts made for it keep their meaning. Values are read when they are asked for.
 */
import type { FastifyInstance } from 'fastify';
import { counterOf, epochOf } from '../raftlog/zxid.ts';
import type { MemberStatus } from '../server/types.ts';
import type { RouteContext } from './context.ts';
import { operation } from './openapi.ts';
import { queryOf } from './query.ts';

const { query: NO_PARAMETERS } = operation('getMetrics');

interface MetricRow {
  readonly name: string;
  readonly help: string;
  readonly value: (status: MemberStatus) => number;
}

const METRICS: readonly MetricRow[] = [
  { name: 'znode_count', help: 'Znodes in the tree', value: (status) => status.znodes },
  { name: 'watch_count', help: 'Watches left on this member', value: (status) => status.watches },
  { name: 'global_sessions', help: 'Living sessions', value: (status) => status.sessions },
  {
    name: 'num_alive_connections',
    help: 'WebSocket connections and event streams',
    value: (status) => status.connections,
  },
  { name: 'uptime', help: 'Milliseconds since the start', value: uptimeMs },
  { name: 'quorum_size', help: 'Members whose agreement commits', value: (s) => s.quorum },
  {
    name: 'last_zxid_epoch',
    help: 'Epoch of the last zxid applied',
    value: (s) => epochOf(s.zxid),
  },
  {
    name: 'last_zxid_counter',
    help: 'Counter of the last zxid applied',
    value: (status) => counterOf(status.zxid),
  },
  {
    name: 'leading',
    help: '1 while this member leads',
    value: (s) => Number(s.role === 'leading'),
  },
  { name: 'ready', help: '1 while this member can serve', value: (s) => Number(s.ready) },
];

function uptimeMs(status: MemberStatus): number {
  return Math.floor(status.uptimeSeconds * 1000);
}

export function registerMetrics(app: FastifyInstance, context: RouteContext): void {
  let exposition: Promise<Exposition> | undefined;
  app.get('/metrics', async (request, reply) => {
    queryOf(request.raw.url ?? '', NO_PARAMETERS);
    exposition ??= makeExposition(context);
    const { contentType, text } = await exposition;
    reply.header('content-type', contentType);
    return text();
  });
}

interface Exposition {
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/** The library is loaded when the first scrape comes: a start does not wait for it. */
async function makeExposition({ coordinator, waits, version }: RouteContext): Promise<Exposition> {
  const { collectDefaultMetrics, Gauge, Registry } = await import('prom-client');
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const gauges = METRICS.map(({ name, help, value }) => {
    return { gauge: new Gauge({ name, help, registers }), value };
  });
  const held = new Gauge({ name: 'held_requests', help: 'Requests that wait', registers });
  new Gauge({ name: 'paddock_info', help: 'Version', labelNames: ['version'], registers }).set(
    { version },
    1,
  );
  return {
    contentType: register.contentType,
    text: () => {
      const status = coordinator.status();
      for (const { gauge, value } of gauges) gauge.set(value(status));
      held.set(waits.count);
      return register.metrics();
    },
  };
}
