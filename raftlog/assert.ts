/**
 * Assertions for our own mistakes. They stay on in production: a member that has broken one of its
 * invariants must stop rather than answer. Never used for anything that a client, a peer or the
 * disk can cause; those are values (see `storage/tree/errors.ts`).
 */

export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Stops with `rule` (a sentence that states what must always hold) when `condition` is false. */
export function assert(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new AssertionError(rule);
}

/** Closes a `switch` over a union: the compiler refuses a case that was forgotten. */
export function assertNever(value: never): never {
  throw new AssertionError(`unreachable case: ${JSON.stringify(value)}`);
}
