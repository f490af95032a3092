/** What a simulation ends with when something that must always hold does not. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** I1..I26 as in the README, L1.. for what must happen after all faults are over. */
  readonly rule: string;

  constructor(rule: string, message: string) {
    super(message);
    this.rule = rule;
  }
}

export function violated(rule: string, message: string): never {
  throw new Violation(rule, message);
}
