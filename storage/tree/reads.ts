/** Reads of the replicated state. (The functions follow; these are the words.) */
import type { Refusal } from './errors.ts';
import type { Znode } from './tree.ts';
import type { Acl, Stat, ZnodePath } from './types.ts';

export type ReadRequest =
  | { readonly op: 'get'; readonly path: string }
  | { readonly op: 'exists'; readonly path: string }
  | {
      readonly op: 'children';
      readonly path: string;
      /** At most this many; at least 1. */
      readonly limit: number;
      /** Only names that sort after this one. */
      readonly after?: string;
      /** Data in the page stops it early at this many bytes. */
      readonly maxBytes: number;
      readonly includeStat: boolean;
      readonly includeData: boolean;
    }
  | { readonly op: 'getAcl'; readonly path: string };

export interface ChildrenPage {
  readonly path: ZnodePath;
  readonly stat: Stat;
  /** Sorted by name. `znode` is there for its stat and data when those were asked for. */
  readonly children: readonly { readonly name: string; readonly znode: Znode | undefined }[];
  /** The cursor for the next page; undefined on the last. */
  readonly next: string | undefined;
}

export type ReadAnswer =
  | { readonly ok: true; readonly op: 'get'; readonly znode: Znode }
  /** `znode` undefined: it does not exist, which is an answer and not a refusal. */
  | { readonly ok: true; readonly op: 'exists'; readonly znode: Znode | undefined }
  | { readonly ok: true; readonly op: 'children'; readonly page: ChildrenPage }
  | {
      readonly ok: true;
      readonly op: 'getAcl';
      readonly path: ZnodePath;
      readonly acl: Acl;
      readonly stat: Stat;
    }
  | { readonly ok: false; readonly refusal: Refusal };
