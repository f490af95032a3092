/** What clients ask for: writes that can be told apart, on few znodes, so that they meet. */
import type {
  CreateMode,
  CreateRequest,
  TransactionOp,
  WriteRequest,
  ZnodeData,
} from '../../../storage/tree/types.ts';
import type { Random } from '../random.ts';

const MODES: readonly CreateMode[] = [
  ...(['persistent', 'persistent', 'persistent_sequential', 'container'] as const),
  'persistent_ttl',
];
const OWNED: readonly CreateMode[] = ['ephemeral', 'ephemeral', 'ephemeral_sequential'];

export class Requests {
  readonly #random: Random;
  readonly #names: number;

  constructor(random: Random, names: number) {
    this.#random = random;
    this.#names = names;
  }

  path(): string {
    const top = `/z${this.#random.below(this.#names)}`;
    return this.#random.chance(0.5) ? top : `${top}/c${this.#random.below(3)}`;
  }

  /** Like all of `path`, and what is above them. */
  watched(): string {
    const about = this.#random.next();
    if (about < 0.2) return '/';
    return this.path();
  }

  write(id: number, hasSession: boolean): WriteRequest {
    const about = this.#random.next();
    if (about < 0.15) return this.#transaction(id, hasSession);
    return this.#operation(id, hasSession, about);
  }

  #operation(id: number, hasSession: boolean, about: number): TransactionOp & WriteRequest {
    const path = this.path();
    const random = this.#random;
    if (about < 0.5) return this.#create(id, path, hasSession);
    if (about < 0.8) {
      const condition = random.chance(0.3) ? { condition: { version: random.below(3) } } : {};
      const create = condition.condition === undefined && random.chance(0.3);
      return { op: 'set', path, data: marked(id), ...condition, ...(create ? { create } : {}) };
    }
    const condition = random.chance(0.2) ? { condition: { version: random.below(3) } } : {};
    return { op: 'delete', path, ...condition, ...(random.chance(0.3) ? { recursive: true } : {}) };
  }

  #create(id: number, path: string, hasSession: boolean): CreateRequest {
    const mode = this.#random.pick(hasSession && this.#random.chance(0.4) ? OWNED : MODES);
    const sequential = mode?.endsWith('sequential') === true;
    const ttl = mode === 'persistent_ttl' ? { ttlMs: this.#random.between(1, 4000) } : {};
    return {
      ...{ op: 'create', path: sequential ? `${path}/` : path, data: marked(id), ...ttl },
      mode: mode ?? 'persistent',
    };
  }

  #transaction(id: number, hasSession: boolean): WriteRequest {
    const ops: TransactionOp[] = [];
    for (let count = this.#random.between(1, 3); count > 0; count -= 1) {
      const op = this.#operation(id, hasSession, this.#random.next());
      const plain = op.op === 'delete' ? { op: op.op, path: op.path } : op;
      ops.push(plain);
      if (this.#random.chance(0.2)) ops.push({ op: 'check', path: op.path });
    }
    // Something of it can be recognised.
    ops.push({ op: 'set', path: this.path(), data: marked(id), create: true });
    return { op: 'transaction', ops };
  }
}

/** As the rules recognise it. */
export function marked(id: number): ZnodeData {
  const text = `#${id}`;
  return { text, encoding: 'utf8', length: text.length };
}
