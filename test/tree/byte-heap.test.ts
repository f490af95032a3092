/** Blocks of bytes: nobody writes into another's, and what is given back is used again. */
import fc from 'fast-check';
import t from 'tap';
import { ByteHeap, classBytes, classOf } from '../../storage/tree/byte-heap.ts';

const MIB = 1024 * 1024;

interface Block {
  readonly handle: number;
  readonly bytes: number;
  readonly mark: number;
}

function fill(heap: ByteHeap, { handle, bytes, mark }: Block): void {
  const at = heap.offsetOf(handle);
  heap.bytesOf(handle).fill(mark, at, at + bytes);
}

function isWhole(heap: ByteHeap, { handle, bytes, mark }: Block): boolean {
  const at = heap.offsetOf(handle);
  return heap
    .bytesOf(handle)
    .subarray(at, at + bytes)
    .every((byte) => byte === mark);
}

t.test('size classes: each has room for its sizes, and not much more', async (t) => {
  let before = 0;
  for (let sizeClass = 0; sizeClass < 200; sizeClass += 1) {
    const bytes = classBytes(sizeClass);
    t.ok(bytes > before && bytes % 16 === 0, `class ${sizeClass} has ${bytes} bytes`);
    t.equal(classOf(bytes), sizeClass);
    t.equal(classOf(before + 1), sizeClass);
    t.ok(bytes - before <= Math.max(16, before / 8), 'steps are 16 bytes or an eighth');
    before = bytes;
  }
  t.equal(classOf(0), 0);
  t.ok(before > MIB);
});

t.test('blocks of every size around every class boundary hold what is written', async (t) => {
  const heap = new ByteHeap();
  const blocks: Block[] = [];
  for (let sizeClass = 0; classBytes(sizeClass) <= 2 * MIB; sizeClass += 1) {
    for (const more of [-1, 0, 1]) {
      const bytes = classBytes(sizeClass) + more;
      const block = { handle: heap.take(bytes), bytes, mark: blocks.length & 0xff };
      t.equal(heap.offsetOf(block.handle) % 16, 0);
      t.ok(heap.offsetOf(block.handle) + bytes <= heap.bytesOf(block.handle).length);
      t.equal(heap.classOf(block.handle), classOf(bytes));
      fill(heap, block);
      blocks.push(block);
    }
  }
  t.ok(blocks.every((block) => isWhole(heap, block)));
  for (const { handle } of blocks) heap.giveBack(handle);
});

t.test('words are the same memory as bytes', async (t) => {
  const heap = new ByteHeap();
  heap.take(100);
  const handle = heap.take(100);
  heap.wordsOf(handle)[heap.offsetOf(handle) / 4] = 0x04030201;
  const at = heap.offsetOf(handle);
  t.same([...heap.bytesOf(handle).subarray(at, at + 4)], [1, 2, 3, 4]);
});

t.test('memory that is given back serves other sizes', async (t) => {
  const heap = new ByteHeap();
  for (const bytes of [100, 1000, 10_000, 100_000, 1_000_000]) {
    const count = (8 * MIB) / bytes;
    const handles = Array.from({ length: count }, () => heap.take(bytes));
    t.ok(heap.bytes < 12 * MIB, `${heap.bytes} bytes for 8 MiB in blocks of ${bytes}`);
    for (const handle of handles) heap.giveBack(handle);
    t.ok(heap.bytes <= 5 * MIB, 'a slab of each class is kept at most');
  }
});

t.test('a small heap takes little', async (t) => {
  const heap = new ByteHeap();
  for (let bytes = 1; bytes <= 256; bytes += 16) heap.take(bytes);
  t.ok(heap.bytes <= 16 * 16 * 1024);
});

t.test('a block that was given back is not looked at', async (t) => {
  const heap = new ByteHeap();
  const large = heap.take(MIB);
  heap.giveBack(large);
  t.throws(() => heap.bytesOf(large), { name: 'AssertionError' });
  t.throws(() => heap.giveBack(large), { name: 'AssertionError' });
});

t.test('whatever is taken and given back, blocks stay whole', async (t) => {
  const size = fc.oneof(
    { weight: 4, arbitrary: fc.nat(300) },
    { weight: 2, arbitrary: fc.nat(5000) },
    { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 70_000 }) },
  );
  const step = fc.record({ size, many: fc.nat(60), back: fc.nat(50), pick: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const heap = new ByteHeap();
      const blocks: Block[] = [];
      let mark = 0;
      for (const { size, many, back, pick } of steps) {
        for (let n = 0; n < (size > 5000 ? 1 : many); n += 1) {
          mark = (mark + 1) & 0xff;
          const block = { handle: heap.take(size), bytes: size, mark };
          fill(heap, block);
          blocks.push(block);
        }
        for (let n = 0; n < back && blocks.length > 0; n += 1) {
          const [block] = blocks.splice((pick + n * 31) % blocks.length, 1);
          if (block === undefined || !isWhole(heap, block)) return false;
          heap.giveBack(block.handle);
        }
      }
      return (
        blocks.every((block) => isWhole(heap, block)) &&
        new Set(blocks.map(({ handle }) => handle)).size === blocks.length
      );
    }),
    { numRuns: 100 },
  );
  t.pass();
});
