/**
 * What happened, for whoever has to understand a failure: the last lines, or all of them when asked
 * for. Nothing is put into words before somebody wants to read it, and a hash of everything tells
 * whether two runs were the same.
 */
import type { Message } from '../../raftlog/messages.ts';
import type { Input, LogIndex, MemberId, Ready, Role } from '../../raftlog/types.ts';
import { formatZxid, type Zxid } from '../../raftlog/zxid.ts';
import { mixed } from './random.ts';

const KEPT = 80;

/** How a core stands, as a trace shows it. */
export interface CoreState {
  readonly role: Role;
  readonly epoch: number;
  readonly leader: MemberId;
  readonly committedIndex: LogIndex;
  readonly lastIndex: LogIndex;
}

export type Detail =
  | Input
  | { readonly kind: 'sends'; readonly to: MemberId; readonly message: Message }
  | { readonly kind: 'drops'; readonly to: MemberId; readonly message: Message }
  | { readonly kind: 'persists'; readonly persist: NonNullable<Ready['persist']> }
  | { readonly kind: 'says'; readonly text: string }
  | { readonly kind: 'tells'; readonly text: () => string };

/** Used again and again: a step of a run that goes well costs no more than copying numbers. */
interface Line {
  step: number;
  at: number;
  id: MemberId;
  detail: Detail;
  /** Undefined when it does not matter, and the rest of it with it. */
  role: Role | undefined;
  epoch: number;
  leader: MemberId;
  committedIndex: LogIndex;
  lastIndex: LogIndex;
}

const NO_STATE = {
  ...{ role: undefined, epoch: 0, leader: 0, committedIndex: 0, lastIndex: 0 },
} as const;

function emptyLine(): Line {
  return { step: 0, at: 0, id: 0, detail: { kind: 'says', text: '' }, ...NO_STATE };
}

export class Trace {
  hash = 0;
  readonly #print: ((line: string) => void) | undefined;
  readonly #kept: readonly Line[] = Array.from({ length: KEPT }, emptyLine);
  #count = 0;
  readonly #time: { readonly steps: number; readonly now: number };

  constructor(
    time: { readonly steps: number; readonly now: number },
    print?: (line: string) => void,
  ) {
    this.#time = time;
    this.#print = print;
  }

  /** One number of what a run depends on. */
  mark(value: number): void {
    this.hash = mixed(this.hash, value);
  }

  add(id: MemberId, detail: Detail, state: CoreState | typeof NO_STATE = NO_STATE): void {
    if (detail.kind === 'tick') return;
    const line = this.#kept[this.#count % KEPT];
    if (line === undefined) return;
    this.#count += 1;
    line.step = this.#time.steps;
    line.at = this.#time.now;
    line.id = id;
    line.detail = detail;
    line.role = state.role;
    line.epoch = state.epoch;
    line.leader = state.leader;
    line.committedIndex = state.committedIndex;
    line.lastIndex = state.lastIndex;
    if (this.#print !== undefined) this.#print(textOf(line));
  }

  say(id: MemberId, text: string): void {
    this.add(id, { kind: 'says', text });
  }

  /** What is put into words when somebody wants to read it: of values that do not change. */
  later(id: MemberId, text: () => string): void {
    this.add(id, { kind: 'tells', text });
  }

  /** The last lines, oldest first. */
  last(): string[] {
    const lines: string[] = [];
    for (let at = Math.max(0, this.#count - KEPT); at < this.#count; at += 1) {
      const line = this.#kept[at % KEPT];
      if (line !== undefined) lines.push(textOf(line));
    }
    return lines;
  }
}

function textOf(line: Line): string {
  const time = `${String(line.step).padStart(5)} ${line.at.toFixed(1).padStart(9)}`;
  const who = line.id === 0 ? '    ' : `[${line.id}] `;
  const state = line.role === undefined ? '' : `  (${stateText({ ...line, role: line.role })})`;
  return `${time} ${who}${textOfDetail(line.detail)}${state}`;
}

export function stateText(state: CoreState): string {
  const { role, epoch, leader, committedIndex, lastIndex } = state;
  return `${role} ${epoch} of ${leader}, ${committedIndex}/${lastIndex}`;
}

function textOfDetail(detail: Detail): string {
  switch (detail.kind) {
    case 'sends':
      return `  -> ${detail.to} ${messageText(detail.message)}`;
    case 'drops':
      return `  lost on the way to ${detail.to}: ${messageText(detail.message)}`;
    case 'persists':
      return `  to disk: ${persistText(detail.persist)}`;
    case 'says':
      return detail.text;
    case 'tells':
      return detail.text();
    case 'message':
      return `<- ${detail.from} ${messageText(detail.message)}`;
    case 'start':
      return `start ${JSON.stringify({ ...detail, kind: undefined, entries: detail.entries.length })}`;
    case 'propose':
      return `propose ${detail.payloads.join(' ').slice(0, 60)}`;
    case 'logRead': {
      const { from, to, read } = detail;
      return `log read from ${from} for ${to}: ${read === undefined ? 'gone' : read.entries.length}`;
    }
    default:
      return JSON.stringify(detail);
  }
}

export function shortZxid(zxid: Zxid): string {
  const text = formatZxid(zxid);
  return `${Number.parseInt(text.slice(0, 8), 16)}.${Number.parseInt(text.slice(8), 16)}`;
}

export function persistText({ ticket, hardState, entries }: NonNullable<Ready['persist']>): string {
  const state =
    hardState === undefined
      ? ''
      : ` epoch ${hardState.epoch} vote ${hardState.votedFor}${hardState.suspect ? ' suspect' : ''}`;
  return `#${ticket}${state}${entriesText(entries)}`;
}

function entriesText(entries: readonly { index: number; zxid: Zxid }[]): string {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return '';
  const from = `${first.index}@${shortZxid(first.zxid)}`;
  return first === last
    ? ` entry ${from}`
    : ` entries ${from}..${last.index}@${shortZxid(last.zxid)}`;
}

export function messageText(message: Message): string {
  const { kind, ...rest } = message;
  const words = Object.entries(rest).map(([name, value]) => {
    if (name === 'entries') return entriesText(message.kind === 'append' ? message.entries : []);
    if (typeof value !== 'object') return ` ${name} ${value}`;
    const point = value as { index: number; zxid: Zxid };
    return ` ${name} ${point.index}@${shortZxid(point.zxid)}`;
  });
  return `${kind}${words.join('')}`;
}
