/**
 * Random values from schemas: mostly ones that fit, some that nearly do (a field too many, too few
 * or of another type, a number just out of range), and now and then anything at all.
 */
import fc from 'fast-check';
import { type Schema, schemaOf } from './contract.ts';

/** Few names, so that requests meet each other's znodes. */
const NAMES = ['a', 'a', 'b', 'é', '__proto__', 'x y'];

const BAD_PATHS = [
  '',
  '/',
  '//',
  'a',
  '/a/',
  '/a//b',
  '/.',
  '/../etc/passwd',
  '/a/./b',
  '/\u0000',
  '/a\u001fb',
  '/\ud800',
  '/😀',
  '/zookeeper',
  '/zookeeper/config',
  `/${'n'.repeat(300)}`,
  '/n'.repeat(100),
];

export const znodePath: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 })
      .map((names) => `/fuzz/${names.join('/')}`),
  },
  { weight: 1, arbitrary: fc.constantFrom(...BAD_PATHS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((name) => `/fuzz/${name}`) },
);

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.base64String(),
  fc.constantFrom('', '\u0000', '\ufeff', '\u2028', '__proto__', '-1', '🦜', 'x'.repeat(5000)),
);

const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 53, -0, '', 'x', [], {}, [[]], [{}]),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A value by the name of the field that it is for, where the schema alone says too little. */
const BY_NAME: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  path: znodePath,
  // Long ones only: nothing shall go by itself while the fuzzer looks for changes.
  ttlMs: fc.integer({ min: 10_000_000, max: 2 ** 31 - 1 }),
  mode: fc.constantFrom(
    'persistent',
    'persistent_sequential',
    'ephemeral',
    'ephemeral_sequential',
    'persistent_ttl',
    'persistent_sequential_ttl',
  ),
  scheme: fc.constantFrom('world', 'world', 'world', 'ip', 'digest', 'nobody'),
  id: fc.constantFrom('anyone', 'anyone', 'anyone', '127.0.0.1', 'bob', ''),
  // Without the permission to do so nobody could ever clean up again.
  perms: fc.constantFrom('cdrwa', 'cdrwa', 'rwa', 'cdra', '', 'x', 'cc'),
  // One that has not come yet is waited for, which is not what is to be found out here.
  since: fc.constantFrom('0000000000000000', '0000000100000000', '1', 'x'.repeat(16)),
  lastZxid: fc.constantFrom('0000000000000000', '0000000100000000', '1'),
};

/** Values that fit the schema, as far as it says. */
export function fitting(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  const known = BY_NAME[name];
  const actual = schemaOf(schema);
  if (known !== undefined && !(name === 'id' && actual.type === 'integer')) return known;
  if (actual.enum !== undefined) return fc.constantFrom(...actual.enum);
  switch (actual.type) {
    case 'string':
      return actual.pattern === undefined ? text : fc.stringMatching(new RegExp(actual.pattern));
    case 'integer':
      return fc.maxSafeInteger().map((n) => within(n, actual));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fitting(actual.items ?? {}), { maxLength: 5 });
    case 'object':
      return fittingObject(actual);
    default:
      return anything;
  }
}

function within(n: number, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema): number {
  const range = maximum - minimum + 1;
  // Small numbers are the interesting ones: versions, limits, counts.
  return n % 2 === 0
    ? Math.min(maximum, minimum + (Math.abs(n) % 5))
    : minimum + (Math.abs(n) % range);
}

function fittingObject({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [name, fitting(schema, name)]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
  });
}

/** Values that fit, nearly fit, or do not. */
export function nearly(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  const fits = fitting(schema, name);
  return fc.oneof(
    { weight: 6, arbitrary: fits },
    { weight: 3, arbitrary: fc.tuple(fits, fc.nat(), anything).map(spoiled) },
    { weight: 1, arbitrary: anything },
  );
}

/** One thing wrong with a value that fits. */
function spoiled([value, choice, other]: [unknown, number, unknown]): unknown {
  if (typeof value === 'number') return [value + 0.5, -value, 2 ** 60, String(value)][choice % 4];
  if (Array.isArray(value)) return [...value, other];
  if (typeof value !== 'object' || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[choice % Math.max(1, keys.length)] ?? 'data';
  switch (choice % 4) {
    case 0:
      return { ...value, [key]: other };
    case 1:
      return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    case 2:
      return { ...value, [`${key}x`]: other };
    default:
      return {
        ...value,
        [key]: spoiled([(value as Record<string, unknown>)[key], choice >> 2, other]),
      };
  }
}
