/** Takes the pages of a recovery apart and hands their rows to whoever builds the tree. */
import { assertNever } from '../raftlog/assert.ts';
import type { Entry } from '../raftlog/types.ts';
import { AclDecoder } from './acl-text.ts';
import type { RecoveryPage } from './engine.ts';
import { unpackEntries } from './packed-entries.ts';
import type { AnswersRow, SessionRow, ZnodeRow } from './tree/image.ts';
import { StorageRefusal, type TablesSink } from './types.ts';

/** Where a `ZnodeRow` has its ACL; in a page it is the text of the column. */
const ACL_AT = 13;

export class PageReader {
  /** The entries after the tables, as far as they have come. */
  readonly entries: Entry[] = [];
  readonly #sink: TablesSink;
  readonly #acls = new AclDecoder();

  constructor(sink: TablesSink) {
    this.#sink = sink;
  }

  /** Refuses rows that make no tree: they passed every check of the file, and are damaged still. */
  take(page: RecoveryPage): void {
    try {
      this.#take(page);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new StorageRefusal(
        'corrupt',
        `the tables cannot be loaded (${what}): restore the data directory from a backup`,
        { cause },
      );
    }
  }

  #take(page: RecoveryPage): void {
    switch (page.table) {
      case 'sessions':
        this.#sink.sessions(JSON.parse(page.json) as SessionRow[]);
        return;
      case 'znodes': {
        const rows = JSON.parse(page.json) as unknown[][];
        for (const row of rows) row[ACL_AT] = this.#acls.decode(row[ACL_AT] as string);
        this.#sink.znodes(rows as unknown as ZnodeRow[]);
        return;
      }
      case 'answers':
        this.#sink.answers(JSON.parse(page.json) as AnswersRow[]);
        return;
      case 'log':
        for (const entry of unpackEntries(page.block)) this.entries.push(entry);
        return;
      default:
        assertNever(page);
    }
  }
}
