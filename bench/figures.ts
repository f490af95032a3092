/**
 * The figures that a run reports, in the order in which it measures them, with the targets of one
 * member. A figure is one metric of one measurement, beside the same thing measured of a peer.
 */
import type { SystemName } from './systems.ts';

export type Unit = 'per second' | 'ms' | 'us' | 'bytes';

export interface Reference {
  readonly system: Exclude<SystemName, 'paddock'>;
  readonly measurement: string;
  readonly metric: string;
}

export interface Target {
  /** 'ratio' = ours divided by the reference's; 'absolute' = ours in the figure's own unit. */
  readonly kind: 'ratio' | 'absolute';
  readonly must: number;
  readonly reach?: number;
}

export interface Figure {
  readonly measurement: string;
  readonly metric: string;
  readonly title: string;
  readonly unit: Unit;
  readonly better: 'more' | 'less';
  /** What the ratio is taken against. */
  readonly reference?: Reference;
  readonly target?: Target;
}

const MIB = 1024 * 1024;

function zookeeper(measurement: string, metric: string): Reference {
  return { system: 'zookeeper', measurement, metric };
}

function etcd(measurement: string, metric: string): Reference {
  return { system: 'etcd', measurement, metric };
}

function ratio(must: number, reach: number): Target {
  return { kind: 'ratio', must, reach };
}

function rate(
  measurement: string,
  title: string,
  reference: Reference,
  target?: Target,
  metric = 'rate',
): Figure {
  const common = { measurement, metric, title, reference } as const;
  const figure: Figure = { ...common, unit: 'per second', better: 'more' };
  return target === undefined ? figure : { ...figure, target };
}

function cost(
  measurement: string,
  metric: string,
  unit: Unit,
  title: string,
  reference?: Reference,
  target?: Target,
): Figure {
  return {
    ...{ measurement, metric, title, unit, better: 'less' },
    ...(reference === undefined ? {} : { reference }),
    ...(target === undefined ? {} : { target }),
  };
}

function p50(measurement: string, title: string, reference: Reference, target?: Target): Figure {
  return cost(measurement, reference.metric, 'ms', title, reference, target);
}

/** Over WebSocket, 16 sessions with 64 requests under way each unless the title says otherwise. */
const WEBSOCKET: readonly Figure[] = [
  rate('set-1k', 'WS set 1 KiB', zookeeper('set-1k', 'rate'), ratio(1.2, 1.6)),
  p50('set-1k', '  p50', zookeeper('set-1k', 'p50')),
  cost('set-1k', 'cpu', 'us', '  server CPU', zookeeper('set-1k', 'cpu'), ratio(1, 0.7)),
  rate('set-1k-x10', 'WS set 1 KiB, 10 a frame', zookeeper('set-1k', 'rate'), ratio(2, 3)),
  cost('set-1k-x10', 'cpu', 'us', '  server CPU', zookeeper('set-1k', 'cpu')),
  rate('set-100b-x10', 'WS set 100 B, 10 a frame', zookeeper('set-100b', 'rate')),
  cost('set-100b-x10', 'cpu', 'us', '  server CPU', zookeeper('set-100b', 'cpu')),
  rate('get-1k', 'WS get 1 KiB', zookeeper('get-1k', 'rate'), ratio(1.5, 2)),
  p50('get-1k', '  p50', zookeeper('get-1k', 'p50')),
  cost('get-1k', 'cpu', 'us', '  server CPU', zookeeper('get-1k', 'cpu'), ratio(0.8, 0.6)),
  rate('mixed-1k', 'WS 50 % get, 50 % set 1 KiB', zookeeper('mixed-1k', 'rate')),
  cost('mixed-1k', 'cpu', 'us', '  server CPU', zookeeper('mixed-1k', 'cpu')),
  ...['create', 'delete'].flatMap((name) => [
    rate(
      'create-delete',
      name === 'create' ? 'WS create ephemeral sequential 0 B' : 'WS delete',
      zookeeper('create-delete', `${name}-rate`),
      ratio(1.5, 2),
      `${name}-rate`,
    ),
    cost(
      ...(['create-delete', `${name}-cpu`, 'us', '  server CPU'] as const),
      zookeeper('create-delete', `${name}-cpu`),
    ),
  ]),
  ...['create', 'set', 'get'].flatMap((name) => {
    const reference = zookeeper('serial-1k', `${name}-p50`);
    const target = name === 'get' ? undefined : ratio(1, 0.7);
    return [
      p50('serial-1k', `WS ${name} 1 KiB, one at a time, p50`, reference, target),
      p50('serial-1k', '  p99', zookeeper('serial-1k', `${name}-p99`)),
    ];
  }),
  cost(
    ...(['watchers', 'last', 'ms', '5,000 watchers, 100 sockets: set to last event'] as const),
    zookeeper('watchers', 'last'),
    ratio(1, 0.5),
  ),
  cost('sockets', 'last', 'ms', '10,000 sockets: set to last event', undefined, {
    ...{ kind: 'absolute', must: 150 },
  }),
];

/** Over HTTP, 64 keep-alive connections with one request at a time each. */
const HTTP: readonly Figure[] = [
  rate('http-get-1k', 'HTTP GET 1 KiB JSON', etcd('http-get-1k', 'rate'), ratio(3.5, 4.5)),
  rate(
    ...(['http-get-1k', '  against ZooKeeper getData'] as const),
    zookeeper('get-1k', 'rate'),
    ratio(0.9, 1.1),
  ),
  cost('http-get-1k', 'cpu', 'us', '  server CPU', zookeeper('get-1k', 'cpu'), ratio(1.3, 1)),
  rate('http-put-1k', 'HTTP PUT 1 KiB JSON', etcd('http-put-1k', 'rate'), ratio(2, 3)),
  cost('http-put-1k', 'cpu', 'us', '  server CPU', etcd('http-put-1k', 'cpu')),
  ...['get', 'put'].flatMap((name) => [
    p50(
      `serial-http-${name}-1k`,
      `HTTP ${name.toUpperCase()} 1 KiB, one at a time, p50`,
      etcd(`serial-http-${name}-1k`, 'p50'),
    ),
    p50(`serial-http-${name}-1k`, '  p99', etcd(`serial-http-${name}-1k`, 'p99')),
  ]),
];

const LIFE: readonly Figure[] = [
  cost('start', 'first', 'ms', 'empty start to first write', zookeeper('start', 'first'), {
    ...{ kind: 'absolute', must: 600, reach: 300 },
  }),
  cost(
    'full-tree',
    'load',
    'ms',
    'full tree, znodes of 100 B: load',
    zookeeper('full-tree', 'load'),
  ),
  cost('full-tree', 'rss', 'bytes', '  RSS after it', zookeeper('full-tree', 'rss'), {
    ...{ kind: 'absolute', must: 1024 * MIB, reach: 614 * MIB },
  }),
  cost('full-tree', 'disk', 'bytes', '  disk', zookeeper('full-tree', 'disk')),
  cost('full-tree', 'stall-while-filling', 'ms', '  slowest /livez while filling'),
  cost('full-tree', 'stall', 'ms', '  slowest /livez under WS set', undefined, {
    ...{ kind: 'absolute', must: 50, reach: 20 },
  }),
  cost(
    ...(['full-tree', 'restart', 'ms', '  killed, restart to first write'] as const),
    zookeeper('full-tree', 'restart'),
    ratio(0.8, 0.4),
  ),
  cost(
    ...(['full-tree', 'rss-after-restart', 'bytes', '  RSS after the restart'] as const),
    zookeeper('full-tree', 'rss-after-restart'),
    { kind: 'absolute', must: 1024 * MIB, reach: 614 * MIB },
  ),
  cost('idle-sockets', 'bytes', 'bytes', 'idle session with a socket', undefined, {
    ...{ kind: 'absolute', must: 16 * 1024, reach: 8 * 1024 },
  }),
  cost('idle-sessions', 'bytes', 'bytes', 'idle session without a socket', undefined, {
    ...{ kind: 'absolute', must: 1024, reach: 512 },
  }),
];

export const FIGURES: readonly Figure[] = [...WEBSOCKET, ...HTTP, ...LIFE];
