/** Transports on loopback that write down what they are told, and tests that wait for it. */
import type { Message } from '../../raftlog/messages.ts';
import type { Entry, MemberId } from '../../raftlog/types.ts';
import { type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { clusterIdOf, clusterKey } from '../../server/peers/handshake.ts';
import { createPeerTransport } from '../../server/peers/transport.ts';
import type {
  Cluster,
  Payload,
  PeerAddress,
  PeerHandler,
  PeerLimits,
  PeerTransport,
  PeerTransportOptions,
} from '../../server/peers/types.ts';
import type { SnapshotSource } from '../../storage/types.ts';

export const SECRET = 'a secret of this test that is long enough';

/** On a busy machine nobody is given up for being slow, unless a test is about that. */
const PATIENT = { handshakeMs: 10_000, keepalivesMissed: 20, stopMs: 10_000 };

/** Members that notice a silence of a second; all of an ensemble must be like that. */
export const QUICK: Partial<PeerLimits> = { keepaliveMs: 100, keepalivesMissed: 9 };

/** A test waits this long for what should come at once, ms. */
const WAIT_MS = 10_000;

export function clusterOf(secret = SECRET, voters: readonly MemberId[] = [1, 2, 3]): Cluster {
  const key = clusterKey(secret);
  return { id: clusterIdOf({ voters, observers: [] }, key), key };
}

export type Told =
  | { readonly kind: 'message'; readonly from: MemberId; readonly message: Message }
  | { readonly kind: 'connected' | 'lost'; readonly from: MemberId }
  | { readonly kind: 'forwarded' | 'replied'; readonly from: MemberId; readonly payload: Payload };

/** A handler that remembers everything, in order. */
export class Witness implements PeerHandler {
  readonly told: Told[] = [];
  readonly lines: { level: 'info' | 'warn'; facts: Record<string, unknown>; text: string }[] = [];
  snapshot: SnapshotSource | undefined;
  /** Called with each thing told, right away. */
  onTold: ((told: Told) => void) | undefined;
  readonly #waiting = new Set<() => void>();

  readonly log = {
    info: (facts: object, text: string) => this.#line('info', facts, text),
    warn: (facts: object, text: string) => this.#line('warn', facts, text),
  };

  message(from: MemberId, message: Message): void {
    this.#tell({ kind: 'message', from, message });
  }

  connected(from: MemberId): void {
    this.#tell({ kind: 'connected', from });
  }

  lost(from: MemberId): void {
    this.#tell({ kind: 'lost', from });
  }

  forwarded(from: MemberId, payload: Payload): void {
    this.#tell({ kind: 'forwarded', from, payload });
  }

  forwardReplied(from: MemberId, payload: Payload): void {
    this.#tell({ kind: 'replied', from, payload });
  }

  async openSnapshot(): Promise<SnapshotSource | undefined> {
    return this.snapshot;
  }

  count(kind: Told['kind']): number {
    return this.told.filter((told) => told.kind === kind).length;
  }

  get messages(): Message[] {
    return this.told.flatMap((told) => (told.kind === 'message' ? [told.message] : []));
  }

  /** Settles as soon as the condition holds; rejects when that takes too long. */
  until(what: string, condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`waited in vain: ${what}`));
      }, WAIT_MS);
      const look = () => {
        if (!condition()) return;
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #line(level: 'info' | 'warn', facts: object, text: string): void {
    this.lines.push({ level, facts: { ...facts }, text });
    this.#look();
  }

  #tell(told: Told): void {
    this.told.push(told);
    this.onTold?.(told);
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

export interface TestMember {
  readonly id: MemberId;
  readonly witness: Witness;
  readonly transport: PeerTransport;
  readonly address: PeerAddress;
}

type Overrides = Partial<Omit<PeerTransportOptions, 'id'>>;

/** A member that listens and knows nobody yet. */
export async function startTransport(id: MemberId, overrides: Overrides = {}): Promise<TestMember> {
  const witness = new Witness();
  const transport = createPeerTransport({
    id,
    cluster: clusterOf(),
    listen: { host: '127.0.0.1', port: 0 },
    peers: [],
    handler: witness,
    log: witness.log,
    ...overrides,
    limits: { ...PATIENT, ...overrides.limits },
  });
  await transport.start();
  return { id, witness, transport, address: { id, host: '127.0.0.1', port: transport.port } };
}

/** Members that know each other and are connected. */
export async function startEnsemble(
  ids: readonly MemberId[],
  overrides: Overrides = {},
): Promise<TestMember[]> {
  const members = await Promise.all(ids.map((id) => startTransport(id, overrides)));
  introduce(members);
  await Promise.all(members.map((member) => connected(member, ids.length - 1)));
  return members;
}

export function introduce(members: readonly TestMember[]): void {
  const addresses = members.map(({ address }) => address);
  for (const { transport } of members) transport.setPeers(addresses);
}

export function connected({ witness, transport }: TestMember, count: number): Promise<void> {
  return witness.until(
    `${count} connected`,
    () => transport.status().filter((peer) => peer.connected).length >= count,
  );
}

export async function stopAll(members: readonly TestMember[]): Promise<void> {
  await Promise.all(members.map(({ transport }) => transport.stop()));
}

export function entriesOf(
  first: number,
  count: number,
  payload: string,
  epoch = 1,
): readonly Entry[] {
  return Array.from({ length: count }, (_, at) => ({
    index: first + at,
    epoch,
    zxid: zxidOf(epoch, first + at),
    type: 'transaction' as const,
    payload,
  }));
}

export function appendOf(entries: readonly Entry[], epoch = 1): Message {
  const [first] = entries;
  const index = (first?.index ?? 1) - 1;
  const zxid = first === undefined ? (0 as Zxid) : ((first.zxid - 1) as Zxid);
  return { kind: 'append', epoch, previous: { index, zxid }, entries, committed: index };
}

export function heartbeat(round: number): Message {
  return { kind: 'heartbeat', epoch: 1, committed: 0, round };
}
