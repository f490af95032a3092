/** From a path to a place: the index against a plain map, and paths as keys. */
import fc from 'fast-check';
import t from 'tap';
import { PathIndex } from '../../storage/tree/path-index.ts';
import {
  compareBytes,
  copyKey,
  isKey,
  key,
  scatterPaths,
  setKey,
} from '../../storage/tree/path-key.ts';

/** An index of which the paths are known by place, with hashes as a test wants them. */
class Paths {
  readonly paths: (string | undefined)[] = [];
  readonly index = new PathIndex({ holdsAt: (place) => this.paths[place] === this.#wanted });
  readonly #hash: (path: string) => number;
  #wanted = '';

  constructor(hash: (path: string) => number) {
    this.#hash = hash;
  }

  find(path: string): number {
    this.#wanted = path;
    return this.index.find(this.#hash(path));
  }

  add(path: string): void {
    this.paths.push(path);
    this.index.add(this.#hash(path), this.paths.length - 1);
  }

  delete(path: string): void {
    const place = this.find(path);
    this.index.delete(this.#hash(path), place);
    this.paths[place] = undefined;
  }
}

function keyHash(path: string): number {
  setKey(path);
  return key.hash;
}

/** Hashes that make life hard: all alike, all in one shard, all at the end of a shard. */
const HASHES: Record<string, (path: string) => number> = {
  'its own': keyHash,
  'one for all': () => -7,
  'few of them': (path) => (keyHash(path) & 3) << 8,
  'one shard': (path) => keyHash(path) & ~0xff,
  'at the end of a shard': (path) => (keyHash(path) & 0x1ff) | 0xffff_fe00,
};

for (const [name, hash] of Object.entries(HASHES)) {
  t.test(`an index is a map of paths, with hashes: ${name}`, async (t) => {
    const path = fc.nat(400).map((n) => `/p/${n}`);
    const step = fc.record({ path, many: fc.nat(30), remove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const paths = new Paths(hash);
        const model = new Map<string, number>();
        for (const { path, many, remove } of steps) {
          for (let n = 0; n <= many; n += 1) {
            const each = `${path}.${n % 7}`;
            if (model.has(each) && remove) {
              paths.delete(each);
              model.delete(each);
            } else if (!model.has(each) && !remove) {
              paths.add(each);
              model.set(each, paths.paths.length - 1);
            }
            if (paths.find(each) !== (model.get(each) ?? -1)) return false;
          }
        }
        for (const [each, place] of model) if (paths.find(each) !== place) return false;
        return paths.index.size === model.size && paths.find('/missing') === -1;
      }),
      { numRuns: 60 },
    );
    t.pass();
  });
}

t.test('two hundred thousand paths come and go', async (t) => {
  const paths = new Paths(keyHash);
  const names = Array.from({ length: 200_000 }, (_, n) => `/tenants/${n}/config`);
  for (const name of names) paths.add(name);
  t.equal(paths.index.size, names.length);
  t.ok(names.every((name, place) => paths.find(name) === place));
  t.equal(paths.find('/tenants/77'), -1);
  for (const name of names) paths.delete(name);
  t.equal(paths.index.size, 0);
  t.ok(names.every((name) => paths.find(name) === -1));
});

t.test('only a path that is there is removed', async (t) => {
  const paths = new Paths(keyHash);
  t.throws(() => paths.index.delete(1, 0), { name: 'AssertionError' });
  paths.add('/a');
  t.throws(() => paths.index.delete(keyHash('/a'), 1), { name: 'AssertionError' });
});

// ------------------------------------------------------------------------ keys

/** Paths around the sizes at which they are treated otherwise, with characters of every width. */
const anyPath = fc
  .tuple(
    fc.constantFrom('', 'a', 'b', 'ü', '日', 'ﬀ', '龍'),
    fc.nat(5),
    fc.constantFrom(0, 1, 2, 3, 4, 29, 126, 127, 128, 129, 1020, 5000),
    fc.constantFrom('', 'y', 'ÿ'),
  )
  .map(
    ([character, times, length, end]) => `/${'x'.repeat(length)}${character.repeat(times)}${end}`,
  );

/** The path's bytes as they are kept, at a whole word, with other things around them. */
function stored(path: string): { words: Int32Array; at: number; length: number } {
  setKey(path);
  const words = new Int32Array(((key.length + 3) >>> 2) + 4).fill(-1);
  copyKey(words, 2);
  const length = key.length;
  // What lies behind a path is data.
  new Uint8Array(words.buffer).fill(0x61, 8 + length);
  return { words, at: 2, length };
}

t.test('a key is the bytes of the path', async (t) => {
  fc.assert(
    fc.property(anyPath, (path) => {
      setKey(path);
      return Buffer.from(key.bytes.subarray(0, key.length)).toString() === path;
    }),
  );
  t.pass();
});

t.test('a path is its own key and no other', async (t) => {
  fc.assert(
    fc.property(anyPath, anyPath, (path, other) => {
      const { words, at, length } = stored(path);
      setKey(path);
      if (!isKey(words, at, length)) return false;
      setKey(other);
      return isKey(words, at, length) === (path === other);
    }),
    { numRuns: 500 },
  );
  t.pass();
});

t.test('bytes are compared as the paths are', async (t) => {
  fc.assert(
    fc.property(anyPath, anyPath, (path, other) => {
      const a = stored(path);
      const b = stored(other);
      const order = compareBytes(a.words, a.at, a.length, b.words, b.at, b.length);
      const wanted = path === other ? 0 : path < other ? -1 : 1;
      return Math.sign(order) === wanted;
    }),
    { numRuns: 1000 },
  );
  t.pass();
});

t.test('hashes of similar paths are spread, whatever the seed', async (t) => {
  for (const number of [0, -1, 0x1234567]) {
    scatterPaths(number);
    const hashes = new Set<number>();
    const shards = new Int32Array(256);
    for (let n = 0; n < 100_000; n += 1) {
      const hash = keyHash(`/app/workers/worker-${n}`);
      hashes.add(hash);
      shards[hash & 255] = (shards[hash & 255] as number) + 1;
    }
    // A random function would give about 99,999.
    t.ok(hashes.size > 99_990, `${hashes.size} hashes`);
    t.ok(Math.max(...shards) < 600 && Math.min(...shards) > 200, 'shards are about even');
  }
  setKey('/a');
  const { hash } = key;
  scatterPaths(42);
  setKey('/a');
  t.not(key.hash, hash, 'and the seed matters');
});

t.test('a giant path makes room for itself', async (t) => {
  const path = `/${'日'.repeat(100_000)}`;
  const { words, at, length } = stored(path);
  t.equal(length, 300_001);
  setKey('/other');
  setKey(path);
  t.ok(isKey(words, at, length));
});
