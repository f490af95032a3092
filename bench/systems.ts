/**
 * What the runner knows of the systems that it compares.
 */

export type SystemName = 'paddock' | 'zookeeper' | 'etcd';

/** Numbers of one measurement, by metric. Times are milliseconds, CPU microseconds, sizes bytes. */
export type Metrics = Readonly<Record<string, number>>;

export interface Settings {
  /** A directory of this run on a real disk, removed at its end. */
  readonly directory: string;
  readonly warmSeconds: number;
  readonly seconds: number;
  /** Znodes of the measurements of a full tree. */
  readonly znodes: number;
  readonly sessions: number;
  readonly sockets: number;
}

export interface System {
  readonly name: SystemName;
  /** Measurements by name, in the words of `figures.ts`. */
  readonly measurements: Readonly<Record<string, () => Promise<Metrics>>>;
  /** Ends its servers. */
  stop(): Promise<void>;
}

/** Sessions and requests under way of the load measurements, the same for every system. */
export const LOAD_SESSIONS = 16;
export const LOAD_OUTSTANDING = 64;
export const HTTP_CONNECTIONS = 64;
/** Ephemerals created and deleted in one measurement. */
export const CREATE_COUNT = 48_000;
export const SERIAL_COUNT = 2000;
export const WATCHERS = 5000;
export const WATCH_SESSIONS = 100;
