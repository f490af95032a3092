/**
 * What was written and what became of it, kept while members die, and compared in the end with what
 * is there. Every write has data of its own, so each can be found, however it was named.
 */
import type { Child, Driver } from '../conformance/driver.ts';
import type { Create, Fate } from './channel.ts';

export interface Attempt extends Create {
  /** Attempts of one connection were sent in the order of the ledger. */
  readonly connection: number;
  /** `performance.now()` before it was sent, and when its fate was known. */
  readonly begin: number;
  end: number;
  /** Undefined as long as it is not known. */
  fate: Fate | undefined;
}

/** What is wrong, in words; nothing when all is well. */
export type Findings = string[];

/** More of one kind tell nothing new. */
const FINDINGS_SHOWN = 20;

export class Ledger {
  readonly attempts: Attempt[] = [];
  /** Folders that are written in. */
  readonly folders: string[] = [];
  /** Found while writing. */
  readonly findings: Findings = [];
  #connections = 0;

  newConnection(): number {
    this.#connections += 1;
    return this.#connections;
  }

  open(create: Create, connection: number): Attempt {
    const begin = performance.now();
    const attempt: Attempt = { ...create, connection, begin, end: begin, fate: undefined };
    this.attempts.push(attempt);
    return attempt;
  }

  close(attempt: Attempt, fate: Fate): void {
    attempt.end = performance.now();
    attempt.fate = fate;
  }

  count(kind: Fate['kind']): number {
    return this.attempts.filter(({ fate }) => fate?.kind === kind).length;
  }

  /** How many had each code. */
  codes(): Record<string, number> {
    const codes: Record<string, number> = {};
    for (const { fate } of this.attempts) {
      if (fate === undefined || fate.kind === 'acked') continue;
      codes[fate.code] = (codes[fate.code] ?? 0) + 1;
    }
    return codes;
  }

  /** The longest time without a success among what ended in the time given, ms. */
  gap(from: number, to: number): number {
    const ends = this.attempts
      .filter(({ fate, end }) => fate?.kind === 'acked' && end > from && end < to)
      .map(({ end }) => end)
      .sort((a, b) => a - b);
    let gap = 0;
    let last = from;
    for (const end of [...ends, to]) {
      gap = Math.max(gap, end - last);
      last = end;
    }
    return gap;
  }

  /**
   * Compares with what is there: what was acknowledged is there, once, as it was acknowledged;
   * what was refused is not; what is not known is there once or not at all; and nothing else is.
   */
  async verify(client: Driver): Promise<Findings> {
    const found = new Map<string, Found>();
    const findings = [...this.findings];
    const names = new Set<string>();
    for (const folder of this.folders) {
      const children = await allChildren(client, folder);
      findings.push(...sequenceFindings(folder, children));
      for (const child of children) {
        const path = `${folder}/${child.name}`;
        const data = child.data ?? '';
        names.add(path);
        if (found.has(data)) findings.push(`${path} holds ${data}, and so does another`);
        found.set(data, { path, zxid: child.stat?.czxid ?? '' });
      }
    }
    findings.push(...this.#compare(found, names));
    const done = this.attempts.map(({ begin, end, data, fate }) => {
      return { begin, end, data, zxid: fate?.kind === 'acked' ? fate.zxid : undefined };
    });
    findings.push(...orderFindings(this.attempts, found), ...realTimeFindings(done));
    return findings.slice(0, FINDINGS_SHOWN);
  }

  #compare(found: ReadonlyMap<string, Found>, names: ReadonlySet<string>): Findings {
    const findings: Findings = [];
    const known = new Set<string>();
    for (const { path, data, fate } of this.attempts) {
      known.add(data);
      const there = found.get(data);
      if (fate?.kind === 'acked') {
        if (there?.path !== fate.path || there.zxid !== fate.zxid) {
          const is = there === undefined ? 'nowhere' : `at ${there.path}, ${there.zxid}`;
          findings.push(`${data} was acknowledged at ${fate.path}, ${fate.zxid}, and is ${is}`);
        }
      } else if (fate?.kind === 'refused') {
        if (there !== undefined) {
          findings.push(`${data} was refused (${fate.code}) and is at ${there.path}`);
        }
        if (fate.code === 'NodeExists' && !names.has(path)) {
          findings.push(`${path} was said to exist and does not`);
        }
      }
    }
    for (const [data, { path }] of found) {
      if (!known.has(data)) findings.push(`${path} holds ${data}, which nobody wrote`);
    }
    return findings;
  }
}

interface Found {
  readonly path: string;
  readonly zxid: string;
}

/** When something was asked for and answered; the zxid, when it was acknowledged with one. */
interface Done {
  readonly begin: number;
  readonly end: number;
  readonly data: string;
  readonly zxid: string | undefined;
}

/** What one connection sent took effect in the order sent. */
function orderFindings(attempts: readonly Attempt[], found: ReadonlyMap<string, Found>): Findings {
  const last = new Map<number, { zxid: string; data: string }>();
  const findings: Findings = [];
  for (const { connection, data } of attempts) {
    const zxid = found.get(data)?.zxid;
    if (zxid === undefined) continue;
    const before = last.get(connection);
    if (before !== undefined && before.zxid >= zxid) {
      findings.push(`${before.data} was sent before ${data}, and took effect after it`);
    }
    last.set(connection, { zxid, data });
  }
  return findings;
}

/** What was acknowledged before another write began has the smaller zxid. */
export function realTimeFindings(done: readonly Done[]): Findings {
  const acked = done.flatMap(({ zxid, ...rest }) =>
    zxid === undefined ? [] : [{ ...rest, zxid }],
  );
  acked.sort((a, b) => (a.zxid < b.zxid ? 1 : -1));
  const findings: Findings = [];
  let earliest = { end: Number.POSITIVE_INFINITY, data: '' };
  for (const { begin, end, data } of acked) {
    if (begin > earliest.end) {
      findings.push(`${data} began after ${earliest.data} was done, and comes before it`);
    }
    if (end < earliest.end) earliest = { end, data };
  }
  return findings;
}

/** Numbers of sequential znodes grow with time, and each is given once. */
function sequenceFindings(folder: string, children: readonly Child[]): Findings {
  const findings: Findings = [];
  let last = '';
  for (const { name, stat } of children) {
    if (!/-\d{10,}$/.test(name)) continue;
    const czxid = stat?.czxid ?? '';
    if (czxid <= last) findings.push(`${folder}/${name} was created before the one before it`);
    last = czxid;
  }
  return findings;
}

/** All that is there of what was written, as the events of its creation, in their order. */
export async function creationsOf(
  client: Driver,
  folders: readonly string[],
): Promise<{ event: string; path: string; zxid: string }[]> {
  const pages = await Promise.all(folders.map((folder) => allChildren(client, folder)));
  const creations = pages.flatMap((children, at) =>
    children.map(({ name, stat }) => {
      const path = `${folders[at]}/${name}`;
      return { event: 'nodeCreated', path, zxid: stat?.czxid ?? '' };
    }),
  );
  return creations.sort((a, b) => (a.zxid < b.zxid ? -1 : 1));
}

async function allChildren(client: Driver, path: string): Promise<readonly Child[]> {
  const children: Child[] = [];
  let after: string | undefined;
  do {
    const from = after === undefined ? undefined : { after };
    const page = await client.children(path, { include: ['data', 'stat'], ...from });
    children.push(...page.children);
    after = page.next;
  } while (after !== undefined);
  return children;
}
