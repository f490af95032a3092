/** Majorities, against a second, dumb implementation. */
import fc from 'fast-check';
import t from 'tap';
import { quorumSize, quorumValue } from '../../raftlog/quorum.ts';

t.test('any two quorums share a member', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), (voters) => 2 * quorumSize(voters) > voters),
  );
});

t.test('a quorum survives the loss of a minority', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99 }),
      (voters) => voters - Math.floor((voters - 1) / 2) >= quorumSize(voters),
    ),
  );
});

t.test('the committed index is the highest that a quorum has persisted', async () => {
  const persisted = fc.array(fc.nat(50), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(persisted, (indexes) => {
      const decided = (index: number) =>
        indexes.filter((own) => own >= index).length >= quorumSize(indexes.length);
      let dumb = 0;
      for (let index = 0; index <= 50; index += 1) if (decided(index)) dumb = index;
      return quorumValue(indexes) === dumb;
    }),
  );
});
