/**
 * Which metrics there are: name, meaning, and where the value comes from. In ZooKeeper's vocabulary
 * where it has a word, so that dashboards and alerts made for it keep their meaning. Each has a row
 * in docs/OPERATING.md.
 */
import { counterOf, epochOf } from '../raftlog/zxid.ts';
import type {
  CertificateTimes,
  EnsembleStatus,
  MemberDurations,
  MemberMetrics,
  MemberStatus,
} from '../server/types.ts';

/** What is known at one moment. */
export interface MetricSource {
  readonly status: MemberStatus;
  readonly ensemble: EnsembleStatus;
  readonly metrics: MemberMetrics;
  /** HTTP requests that wait for a change. */
  readonly held: number;
  readonly version: string;
  readonly certificates: readonly CertificateTimes[];
}

export interface Sample {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface MetricRow {
  readonly name: string;
  readonly help: string;
  /** Names of the labels that each sample has. */
  readonly labels?: readonly string[];
  readonly samples: (source: MetricSource) => readonly Sample[];
}

export interface HistogramRow {
  readonly name: string;
  readonly help: string;
  /** Upper bounds, ms. */
  readonly buckets: number[];
  readonly from: keyof MemberDurations;
}

type Value = (source: MetricSource) => number;

function row(name: string, help: string, value: Value): MetricRow {
  return { name, help, samples: (source) => [{ value: value(source) }] };
}

/** One sample for each of several members. */
function ofMembers<T extends { readonly id: number }>(
  name: string,
  help: string,
  members: (source: MetricSource) => readonly T[],
  value: (member: T) => number | undefined,
): MetricRow {
  return {
    name,
    help,
    labels: ['member'],
    samples: (source) =>
      members(source).flatMap((member) => {
        const known = value(member);
        const labels = { member: String(member.id) };
        return known === undefined ? [] : [{ value: known, labels }];
      }),
  };
}

/** One sample for each listener that has certificates, seconds since 1970. */
function ofListeners(
  name: string,
  help: string,
  ms: (times: CertificateTimes) => number | undefined,
): MetricRow {
  return {
    name,
    help,
    labels: ['listener'],
    samples: ({ certificates }) =>
      certificates.flatMap((times) => {
        const known = ms(times);
        const labels = { listener: times.listener };
        return known === undefined ? [] : [{ value: known / 1000, labels }];
      }),
  };
}

const peersOf = ({ metrics }: MetricSource) => metrics.peers;

const STATES = ['looking', 'following', 'leading', 'observing'] as const;

/** What is now. */
export const GAUGES: readonly MetricRow[] = [
  row('znode_count', 'Znodes in the tree', ({ status }) => status.znodes),
  row('watch_count', 'Watches left on this member', ({ status }) => status.watches),
  row('global_sessions', 'Living sessions', ({ status }) => status.sessions),
  row(
    'num_alive_connections',
    'WebSocket connections and event streams',
    ({ status }) => status.connections,
  ),
  row('uptime', 'Milliseconds since the start', ({ status }) =>
    Math.floor(status.uptimeSeconds * 1000),
  ),
  row('quorum_size', 'Members whose agreement commits', ({ status }) => status.quorum),
  row('last_zxid_epoch', 'Epoch of the last zxid applied', ({ status }) => epochOf(status.zxid)),
  row('last_zxid_counter', 'Counter of the last zxid applied', ({ status }) =>
    counterOf(status.zxid),
  ),
  row('leading', '1 while this member leads', ({ status }) => Number(status.role === 'leading')),
  {
    name: 'server_state',
    help: '1 for the role of this member, 0 for the others',
    labels: ['state'],
    samples: ({ status }) =>
      STATES.map((state) => ({ value: Number(status.role === state), labels: { state } })),
  },
  row('current_epoch', 'Epoch that this member is in', ({ status }) => status.epoch),
  row('ready', '1 while this member can serve', ({ status }) => Number(status.ready)),
  row('suspect', '1 while this member may have forgotten what it promised', ({ metrics }) =>
    Number(metrics.suspect),
  ),
  row('digest_mismatch', '1 when the tree differs from that of the leader', ({ metrics }) =>
    Number(metrics.disagrees),
  ),
  row(
    'read_only',
    '1 when it has had no leader for too long, and serves reads only',
    ({ status }) => Number(status.readOnly),
  ),
  row('quotas', 'Quotas that are set', ({ status }) => status.quotas),
  row(
    'quotas_over_soft_limit',
    'Quotas of which more is used than a soft limit says',
    ({ status }) => status.quotasOver,
  ),
  row('held_requests', 'Requests that wait for a change', ({ held }) => held),
  row(
    'outstanding_requests',
    'Writes and syncs without an answer yet',
    ({ metrics }) => metrics.outstanding,
  ),
  row('learners', 'Members connected to this leader', ({ metrics }) => metrics.learners.length),
  row('synced_followers', 'Voters that keep up with this leader', ({ metrics }) =>
    metrics.learners.reduce((count, { votes, synced }) => count + Number(votes && synced), 0),
  ),
  row('synced_observers', 'Observers that keep up with this leader', ({ metrics }) =>
    metrics.learners.reduce((count, { votes, synced }) => count + Number(!votes && synced), 0),
  ),
  ofMembers(
    'member_lag',
    'Log entries that the leader had applied and the member had not',
    ({ ensemble }) => ensemble.members,
    ({ lag }) => lag,
  ),
  ofMembers('peer_connected', '1 while the stream to the member stands', peersOf, (peer) =>
    Number(peer.connected),
  ),
  ofMembers(
    'peer_queued_bytes',
    'Bytes that wait to be sent to the member',
    peersOf,
    (peer) => peer.queuedBytes,
  ),
  row('disk_bytes', 'Bytes of the data directory', ({ metrics }) => metrics.storage.diskBytes),
  row(
    'disk_free_bytes',
    'Free bytes on its volume, not a number when that is not known',
    ({ metrics }) => metrics.storage.freeBytes ?? Number.NaN,
  ),
  ofListeners(
    'certificate_not_after_seconds',
    'Until when the certificate is good that is shown there, seconds since 1970',
    ({ notAfterMs }) => notAfterMs,
  ),
  ofListeners(
    'crl_next_update_seconds',
    'Until when the lists of revoked certificates are good, seconds since 1970',
    ({ nextUpdateMs }) => nextUpdateMs,
  ),
  {
    name: 'paddock_info',
    help: 'Version',
    labels: ['version'],
    samples: ({ version }) => [{ value: 1, labels: { version } }],
  },
];

/** What has happened since this process started. */
export const COUNTERS: readonly MetricRow[] = [
  row('looking_count', 'Times this member looked for a leader', ({ metrics }) => metrics.looked),
  row(
    'leader_changes',
    'Times this member found another leader than before',
    ({ metrics }) => metrics.leaderChanges,
  ),
  row('proposal_count', 'Transactions proposed as leader', ({ metrics }) => metrics.proposals),
  row('commit_count', 'Log entries committed and applied', ({ metrics }) => metrics.commits),
  row(
    'quota_exceeded_errors',
    'Writes for which a quota left no room, judged as leader',
    ({ status }) => status.quotaRefusals,
  ),
  row(
    'requests_forwarded',
    'Requests of clients that were sent to the leader',
    ({ metrics }) => metrics.forwarded,
  ),
  row(
    'requests_received',
    'Requests of other members that were judged as leader',
    ({ metrics }) => metrics.received,
  ),
  row(
    'snap_count',
    'Snapshots that other members began to fetch',
    ({ metrics }) => metrics.snapshotsSent,
  ),
  row(
    'snap_received_count',
    'Snapshots that took the place of this tree',
    ({ metrics }) => metrics.snapshotsReceived,
  ),
  row('fsync_count', 'Writes that were made durable', ({ metrics }) => metrics.storage.fsyncs),
  ofMembers('peer_streams', 'Streams to the member that stood', peersOf, (peer) => peer.streams),
  ofMembers('peer_sent_bytes', 'Bytes sent to the member', peersOf, (peer) => peer.sentBytes),
  ofMembers(
    'peer_received_bytes',
    'Bytes received from the member',
    peersOf,
    (peer) => peer.receivedBytes,
  ),
];

/** How long things took, ms. */
export const HISTOGRAMS: readonly HistogramRow[] = [
  {
    name: 'election_time',
    help: 'Milliseconds from looking for a leader to having one',
    buckets: [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000],
    from: 'elections',
  },
  {
    name: 'quorum_ack_latency',
    help: 'Milliseconds from a proposal to its being committed and applied by the leader',
    buckets: [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000],
    from: 'quorum',
  },
];
