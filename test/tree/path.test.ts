/** Which paths are valid, and how they are taken apart and made. */
import fc from 'fast-check';
import t from 'tap';
import {
  isSpecialPath,
  isValidPath,
  nameOf,
  type PathLimits,
  parentOf,
  pathProblem,
  pathRefusal,
  sequentialPath,
} from '../../storage/tree/path.ts';

const LIMITS: PathLimits = { pathBytes: 1024, nameBytes: 255, pathDepth: 64 };

t.test('valid paths', async (t) => {
  const valid = ['/', '/a', '/a/b', '/...', '/.a', '/a.', '/..a', '/a/.../b', '/ ', '/a b'];
  for (const path of valid) t.equal(pathProblem(path, LIMITS), undefined, path);
  for (const path of ['/ü', '/日本', '/\ufeff', '/~', '/%2F', '/\u00a0', '/\ufefe', '/\uf900']) {
    t.ok(isValidPath(path), JSON.stringify(path));
  }
});

t.test('invalid paths, each with what is wrong', async (t) => {
  const invalid: [string, RegExp][] = [
    ['', /is empty/],
    ['a', /starts with a slash/],
    ['a/b', /starts with a slash/],
    ['/a/', /does not end with a slash/],
    ['//', /does not end with a slash/],
    ['//a', /empty name/],
    ['/a//b', /empty name/],
    ['/.', /"\." or "\.\."/],
    ['/..', /"\." or "\.\."/],
    ['/a/./b', /"\." or "\.\."/],
    ['/a/../b', /"\." or "\.\."/],
    ['/a\u0000b', /U\+0000/],
    ['/\u0001', /U\+0001/],
    ['/\u001f', /U\+001F/],
    ['/\u007f', /U\+007F/],
    ['/\u009f', /U\+009F/],
    ['/\ud800', /U\+D800/],
    ['/😀', /U\+D83D/],
    ['/\ue000', /U\+E000/],
    ['/\uf8ff', /U\+F8FF/],
    ['/\ufff0', /U\+FFF0/],
    ['/\uffff', /U\+FFFF/],
  ];
  for (const [path, problem] of invalid) {
    t.match(pathProblem(path, LIMITS), problem, JSON.stringify(path));
    t.notOk(isValidPath(path));
    t.equal(pathRefusal(path, LIMITS)?.code, 'BadArguments');
  }
});

t.test('limits count UTF-8 bytes and names, and are named in the refusal', async (t) => {
  const limits: PathLimits = { pathBytes: 20, nameBytes: 6, pathDepth: 3 };
  t.equal(pathRefusal('/123456/123456/1234', limits), undefined, 'just below every limit');
  t.equal(pathRefusal('/üüü', limits), undefined, 'three letters of two bytes');
  t.same(pathRefusal('/üüüü', limits)?.limit, { name: 'nameBytes', value: 6 });
  t.same(pathRefusal('/日日日', limits)?.limit, { name: 'nameBytes', value: 6 });
  t.same(pathRefusal('/123456/123456/123456', limits)?.limit, { name: 'pathBytes', value: 20 });
  t.same(pathRefusal('/日日/日日/日日', limits)?.limit, { name: 'pathBytes', value: 20 });
  t.same(pathRefusal('/a/b/c/d', limits)?.limit, { name: 'pathDepth', value: 3 });
  t.same(pathRefusal(`/${'x'.repeat(1e6)}`, limits)?.limit, { name: 'pathBytes', value: 20 });
  t.ok(isValidPath('/a/b/c/d/e/f/g/h/i/j/k'), 'without limits there are none');
});

t.test('paths are taken apart', async (t) => {
  t.equal(parentOf('/a/b/c'), '/a/b');
  t.equal(parentOf('/a'), '/');
  t.equal(parentOf('/'), '/');
  t.equal(nameOf('/a/b/c'), 'c');
  t.equal(nameOf('/a'), 'a');
  t.equal(nameOf('/'), '');
});

t.test('exactly four paths are special', async (t) => {
  for (const path of ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config']) {
    t.ok(isSpecialPath(path));
  }
  for (const path of ['/a/zookeeper', '/zookeeper/quota/a', '/zookeepers']) {
    t.notOk(isSpecialPath(path));
  }
});

t.test('sequence suffixes have ten digits, and more when they need them', async (t) => {
  t.equal(sequentialPath('/q/', 0), '/q/0000000000');
  t.equal(sequentialPath('/q/n-', 42), '/q/n-0000000042');
  t.equal(sequentialPath('/', 7), '/0000000007');
  t.equal(sequentialPath('/q/', 9_999_999_999), '/q/9999999999');
  t.equal(sequentialPath('/q/', 10_000_000_000), '/q/10000000000');
  t.equal(sequentialPath('/q/', 2 ** 31), '/q/2147483648', 'never negative');
});

/** The rules once more, without any thought of speed. */
function dumbIsValid(path: string): boolean {
  if (path === '/') return true;
  if (!path.startsWith('/')) return false;
  const names = path.slice(1).split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is forbidden
  return !/[\u0000-\u001f\u007f-\u009f\ud800-\uf8ff\ufff0-\uffff]/.test(path);
}

t.test('agrees with the plain reading of the rules', async (t) => {
  const unit = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('/', '.', 'a', 'b', '-') },
    { weight: 1, arbitrary: fc.nat(0xffff).map((code) => String.fromCharCode(code)) },
    { weight: 1, arbitrary: fc.constantFrom('\u0000', '\u001f', ' ', '~', '\u007f', '\u00a0') },
    { weight: 1, arbitrary: fc.constantFrom('\ud7ff', '\ud800', '\uf8ff', '\uf900', '\uffef') },
  );
  const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));
  fc.assert(
    fc.property(text, (tail) => isValidPath(`/${tail}`) === dumbIsValid(`/${tail}`)),
    { numRuns: 5000 },
  );
  fc.assert(fc.property(text, (path) => isValidPath(path) === dumbIsValid(path)));
  t.pass('5000 paths');
});

t.test('counts bytes as an encoder does', async (t) => {
  const name = fc.stringMatching(/^[a-zé日]{1,40}$/);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
      const path = `/${names.join('/')}`;
      const bytes = Buffer.byteLength(path);
      const limits = { pathBytes: bytes, nameBytes: 1000, pathDepth: names.length };
      return (
        pathProblem(path, limits) === undefined &&
        pathRefusal(path, { ...limits, pathBytes: bytes - 1 })?.limit?.name === 'pathBytes' &&
        pathRefusal(path, { ...limits, pathDepth: names.length - 1 })?.limit?.name === 'pathDepth'
      );
    }),
  );
  t.pass();
});
