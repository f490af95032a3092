/**
 * Cuts the tables, as they are at one position, into the chunks of a snapshot: the same chunk is
 * the same each time. The same for both storages. Imports nothing of Node.
 */
import { assertNever } from '../raftlog/assert.ts';
import { type Checksum, type ChunkKind, encodeChunk } from './snapshot-chunk.ts';
import type { SnapshotEnd, SnapshotHead } from './snapshot-intake.ts';
import { type AnswersKey, NO_ANSWERS, type RowPage } from './tree-pages.ts';
import { type AppliedMark, SnapshotRefusal } from './types.ts';

/**
 * Tables that do not change. All answer undefined when there are no more rows; what they give is
 * given away.
 */
export interface RowSource {
  sessionsAfter(session: string): RowPage<string, 'bytes'> | undefined;
  /** With about `bytes` of data at most. */
  znodesAfter(id: number, bytes: number): RowPage<number, 'bytes'> | undefined;
  answersAfter(key: AnswersKey, bytes: number): RowPage<AnswersKey, 'bytes'> | undefined;
}

/** Where a chunk begins, and how many rows came before it. */
type Place = SnapshotEnd &
  (
    | { readonly at: 'sessions'; readonly after: string }
    | { readonly at: 'znodes'; readonly after: number }
    | { readonly at: 'answers'; readonly after: AnswersKey }
    | { readonly at: 'end' }
    | { readonly at: 'behind' }
  );

export class SnapshotCutter {
  readonly #source: RowSource;
  readonly #chunkBytes: number;
  readonly #checksum: Checksum;
  readonly #head: Uint8Array;
  readonly #snapshot: number;
  /** Where the chunks 1, 2, ... begin, as far as is known: one more than have been cut. */
  readonly #places: Place[] = [{ at: 'sessions', after: '', sessions: 0, znodes: 0, answers: 0 }];

  constructor(source: RowSource, mark: AppliedMark, chunkBytes: number, checksum: Checksum) {
    this.#source = source;
    this.#chunkBytes = chunkBytes;
    this.#checksum = checksum;
    this.#head = utf8({ mark } satisfies SnapshotHead);
    this.#snapshot = checksum(this.#head);
  }

  /** undefined behind the last one. Throws `SnapshotRefusal` when one before it was never cut. */
  chunk(number: number): Uint8Array<ArrayBuffer> | undefined {
    if (number === 0) return this.#encode('head', 0, this.#head, 0);
    const place = this.#places[number - 1];
    if (place === undefined) {
      const message = `chunk ${number} was asked for before those that come before it`;
      throw new SnapshotRefusal('out-of-order', message);
    }
    return this.#cut(number, place);
  }

  #cut(number: number, place: Place): Uint8Array<ArrayBuffer> | undefined {
    const { sessions, znodes, answers } = place;
    switch (place.at) {
      case 'sessions': {
        const page = this.#source.sessionsAfter(place.after);
        if (page === undefined) {
          return this.#cut(number, { at: 'znodes', after: 0, sessions, znodes, answers });
        }
        const { json, rows, last } = page;
        this.#begins(number + 1, { ...place, after: last, sessions: sessions + rows });
        return freeing(json, this.#encode('sessions', number, json, rows));
      }
      case 'znodes': {
        const page = this.#source.znodesAfter(place.after, this.#chunkBytes);
        if (page === undefined) {
          return this.#cut(number, {
            ...{ at: 'answers', after: NO_ANSWERS },
            ...{ sessions, znodes, answers },
          });
        }
        const { json, rows, last } = page;
        this.#begins(number + 1, { ...place, after: last, znodes: znodes + rows });
        return freeing(json, this.#encode('znodes', number, json, rows));
      }
      case 'answers': {
        const page = this.#source.answersAfter(place.after, this.#chunkBytes);
        if (page === undefined) return this.#cut(number, { at: 'end', sessions, znodes, answers });
        const { json, rows, last } = page;
        this.#begins(number + 1, { ...place, after: last, answers: answers + rows });
        return freeing(json, this.#encode('answers', number, json, rows));
      }
      case 'end': {
        this.#begins(number + 1, { at: 'behind', sessions, znodes, answers });
        const end: SnapshotEnd = { sessions, znodes, answers };
        return this.#encode('end', number, utf8(end), 0);
      }
      case 'behind':
        return undefined;
      default:
        return assertNever(place);
    }
  }

  #begins(number: number, place: Place): void {
    this.#places[number - 1] = place;
  }

  #encode(
    kind: ChunkKind,
    number: number,
    json: Uint8Array,
    rows: number,
  ): Uint8Array<ArrayBuffer> {
    return encodeChunk({ kind, number, rows, snapshot: this.#snapshot, json }, this.#checksum);
  }
}

/**
 * Gives the memory of `page` back at once: to the garbage collector a megabyte outside its heap is
 * one small object, and it lets a hundred of them pile up.
 */
function freeing<T>(page: Uint8Array, result: T): T {
  const { buffer } = page;
  const isItsOwn = page.byteLength === buffer.byteLength;
  if (isItsOwn && buffer instanceof ArrayBuffer) buffer.transfer(0);
  return result;
}

function utf8(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
