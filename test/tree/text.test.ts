/** Strings as bytes and in one piece, and the map of many paths. */
import fc from 'fast-check';
import t from 'tap';
import { hashText } from '../../storage/tree/digest.ts';
import { PathMap } from '../../storage/tree/path-map.ts';
import { inOnePiece, utf8Length } from '../../storage/tree/text.ts';

/** Texts around the sizes at which they are taken apart, with characters of every width. */
const text = fc
  .tuple(fc.constantFrom('a', 'ü', '日', '😀'), fc.nat(3), fc.constantFrom(0, 31, 4095, 4096, 8191))
  .map(([character, more, length]) => 'x'.repeat(length) + character.repeat(more));

t.test('the length in UTF-8 is that of an encoder', async (t) => {
  fc.assert(fc.property(text, (text) => utf8Length(text) === Buffer.byteLength(text)));
  t.equal(utf8Length('😀'.repeat(100_000)), 400_000);
});

t.test('a hash depends on every character, on their order and on the seed', async (t) => {
  fc.assert(
    fc.property(text, fc.nat(9000), (text, n) => {
      const at = text.length === 0 ? 0 : n % text.length;
      const unit = text.charCodeAt(at);
      // A lone half of a pair is no text.
      if (unit >= 0xd800 && unit <= 0xdfff) return true;
      const other = `${text.slice(0, at)}y${text.slice(at + 1)}`;
      return hashText(text, 1) !== hashText(other, 1) && hashText(text, 1) !== hashText(text, 2);
    }),
  );
  const at = 'x'.repeat(4095);
  t.not(hashText(`${at}😀`, 1), hashText(`${at}😁`, 1), 'across the border of two chunks');
  for (const length of [10, 100, 10_000]) {
    const [a, b] = ['a'.repeat(length), 'b'.repeat(length)];
    t.not(hashText(a + b, 1), hashText(b + a, 1));
    t.not(hashText(a, 1), hashText(`${a}\u0000`, 1));
  }
  const alone = hashText('x'.repeat(33), 1);
  hashText('y'.repeat(3000), 1);
  t.equal(hashText('x'.repeat(33), 1), alone, 'and on nothing that was hashed before');
});

t.test('similar texts have different hashes, about as often as chance has it', async (t) => {
  const hashes = new Set<number>();
  for (let n = 0; n < 100_000; n += 1) hashes.add(hashText(`/app/workers/worker-${n}`, 7));
  // A random function would give about 99,999.
  t.ok(hashes.size > 99_990);
});

t.test('in one piece it is the same text', async (t) => {
  for (const text of ['', 'a', '/a', '/ü日', `/q/${'x'.repeat(100)}`]) {
    t.equal(inOnePiece(text), text);
  }
});

t.test('a map of many paths', async (t) => {
  const map = new PathMap<number>();
  const paths = Array.from({ length: 10_000 }, (_, n) => `/tenants/${n}/config`);
  paths.forEach((path, n) => {
    map.set(path, n);
    map.set(path, n + 1);
  });
  t.equal(map.size, paths.length, 'a path that is set again is one path');
  t.equal(map.get('/tenants/77/config'), 78);
  t.equal(map.get('/tenants/77'), undefined);
  t.equal([...map.values()].length, paths.length);
  t.equal(map.delete('/tenants/77/config'), true);
  t.equal(map.delete('/tenants/77/config'), false);
  t.equal(map.size, paths.length - 1);
});
