/** Entries cross between the threads as bytes and come out as they went in. */
import fc from 'fast-check';
import t from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { zxidOf } from '../../raftlog/zxid.ts';
import { EntryPacker, unpackEntries } from '../../storage/packed-entries.ts';

const anyEntry: fc.Arbitrary<Entry> = fc.record(
  {
    index: fc.maxSafeNat(),
    epoch: fc.nat(2 ** 21 - 1),
    zxid: fc.tuple(fc.nat(2 ** 21 - 1), fc.nat(2 ** 31)).map(([epoch, n]) => zxidOf(epoch, n)),
    type: fc.constantFrom('epoch' as const, 'transaction' as const),
    payload: fc.string({ unit: 'binary', maxLength: 3000 }),
  },
  { noNullPrototype: true },
);

t.test('what is packed is unpacked', async (t) => {
  const packer = new EntryPacker();
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 200 }), (entries) => {
      for (const entry of entries) packer.add(entry);
      const block = packer.take();
      t.strictSame(unpackEntries(block), entries);
      packer.giveBack(block.buffer);
    }),
    { numRuns: 50 },
  );
});

t.test('a buffer that comes back is used again, whatever it held', async (t) => {
  const packer = new EntryPacker();
  const entry = (payload: string): Entry => {
    return { index: 1, epoch: 1, zxid: zxidOf(1, 1), type: 'epoch', payload };
  };
  packer.add(entry('x'.repeat(1000)));
  const { buffer } = packer.take();
  packer.giveBack(buffer);
  packer.add(entry('short'));
  const block = packer.take();
  t.equal(block.buffer, buffer);
  t.strictSame(unpackEntries(block), [entry('short')]);
});

t.test('a packer grows to what it is given', async (t) => {
  const packer = new EntryPacker();
  const payload = 'é'.repeat(400_000);
  const entries = [1, 2, 3].map((index): Entry => {
    return { index, epoch: 1, zxid: zxidOf(1, index), type: 'transaction', payload };
  });
  for (const entry of entries) packer.add(entry);
  t.strictSame(unpackEntries(packer.take()), entries);
});
