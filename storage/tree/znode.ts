/**
 * A view of a znode: where it is, and nothing of what it has. Made for whoever asks, never kept; it
 * shows the znode as it is at the moment, and nothing once it is gone, since its place may have
 * become another's by then.
 */
import { assert } from '../../raftlog/assert.ts';
import type { Acl, Stat, ZnodeData, ZnodeId, ZnodePath } from './types.ts';
import type { ZnodeStore } from './znode-store.ts';

export class Znode {
  readonly id: ZnodeId;
  /** Where the tree keeps it; another znode's once it is gone. */
  readonly place: number;
  readonly #store: ZnodeStore;
  #path: ZnodePath | undefined;

  /** `path` when it is known already. */
  constructor(store: ZnodeStore, place: number, path: ZnodePath | undefined) {
    this.id = store.id(place);
    this.place = place;
    this.#store = store;
    this.#path = path;
  }

  get exists(): boolean {
    return this.#store.id(this.place) === this.id;
  }

  get path(): ZnodePath {
    this.#path ??= this.#store.path(this.#here());
    return this.#path;
  }

  /** The last name of the path; empty for the root. */
  get name(): string {
    return this.#store.name(this.#here());
  }

  /** The attributes as they are now; the value never changes. */
  get stat(): Stat {
    return this.#store.stat(this.#here());
  }

  get acl(): Acl {
    return this.#store.acl(this.#here());
  }

  get numChildren(): number {
    return this.#store.numChildren(this.#here());
  }

  /** The data, in the form told by `encoding`; made anew each time. */
  get text(): string {
    return this.#store.text(this.#here());
  }

  get encoding(): 'utf8' | 'base64' {
    return this.#store.encoding(this.#here());
  }

  get dataLength(): number {
    return this.#store.dataLength(this.#here());
  }

  /** The data as one value. */
  get data(): ZnodeData {
    return { text: this.text, encoding: this.encoding, length: this.dataLength };
  }

  /** `hashOfData` of path and data. */
  get dataHash(): number {
    return this.#store.dataHash(this.#here());
  }

  /**
   * Whoever serves the znode keeps its serialised form here. Every visible change drops it, and so
   * may the store at any time.
   */
  get wire(): string | undefined {
    return this.#store.wire(this.#here());
  }

  set wire(text: string) {
    this.#store.setWire(this.#here(), text);
  }

  /** When it will be looked at whether it is to be reaped, ms; infinite for never. */
  get lookAt(): number {
    return this.#store.lookAt(this.#here());
  }

  set lookAt(at: number) {
    this.#store.setLookAt(this.#here(), at);
  }

  /** The same znode, shown as if it had another path, or other data, than it has. */
  shownAs(shown: { readonly path?: ZnodePath; readonly data?: ZnodeData }): Znode {
    return new ShownZnode(this.#store, this.#here(), shown.path ?? this.path, shown.data);
  }

  /** Its data was made for whoever reads it, and changes without the znode. */
  get isMade(): boolean {
    return false;
  }

  #here(): number {
    assert(this.exists, 'a znode is not looked at once it is gone');
    return this.place;
  }
}

/** A znode under another path or with other data; its serialised form is nobody else's. */
class ShownZnode extends Znode {
  readonly #data: ZnodeData | undefined;

  constructor(store: ZnodeStore, place: number, path: ZnodePath, data: ZnodeData | undefined) {
    super(store, place, path);
    this.#data = data;
  }

  override get isMade(): boolean {
    return this.#data !== undefined;
  }

  override get stat(): Stat {
    const stat = super.stat;
    return this.#data === undefined ? stat : { ...stat, dataLength: this.#data.length };
  }

  override get text(): string {
    return this.#data?.text ?? super.text;
  }

  override get encoding(): 'utf8' | 'base64' {
    return this.#data?.encoding ?? super.encoding;
  }

  override get dataLength(): number {
    return this.#data?.length ?? super.dataLength;
  }

  override get wire(): string | undefined {
    return undefined;
  }

  override set wire(_text: string) {
    // What is shown here is not what others are shown.
  }

  override shownAs(shown: { readonly path?: ZnodePath; readonly data?: ZnodeData }): Znode {
    const data = shown.data ?? this.#data;
    return super.shownAs({ ...shown, ...(data === undefined ? undefined : { data }) });
  }
}
