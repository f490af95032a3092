/** Whether a member notices that its tree is not the leader's, however far the two are. */
import t from 'tap';
import type { LogIndex } from '../../raftlog/types.ts';
import { Agreement } from '../../server/agreement.ts';

const MILESTONE = 256;

/** A member that has applied `through` entries, all of them alike; with a leader of other trees. */
function memberAt(through: LogIndex): { agreement: Agreement; apply: (to: LogIndex) => void } {
  let at = 0;
  const agreement = new Agreement(() => `tree ${at}`);
  const apply = (to: LogIndex) => {
    while (at < to) {
      at += 1;
      agreement.applied(at);
    }
  };
  apply(through);
  return { agreement, apply };
}

t.test('two trees are compared', async (t) => {
  await t.test('at the entry to which both have come', async (t) => {
    const { agreement } = memberAt(7);
    agreement.told(2, { index: 7, digest: 'tree 7' }, 7);
    t.equal(agreement.disagreement, undefined);
    agreement.told(2, { index: 7, digest: 'another' }, 7);
    t.match(agreement.disagreement, /member 2: tree 7 and another after entry 7/);
  });
  await t.test('at a milestone that this member has passed', async (t) => {
    const { agreement } = memberAt(3 * MILESTONE + 5);
    t.same(agreement.latest, { index: 3 * MILESTONE, digest: `tree ${3 * MILESTONE}` });
    agreement.told(2, { index: MILESTONE, digest: `tree ${MILESTONE}` }, 3 * MILESTONE + 5);
    t.equal(agreement.disagreement, undefined);
    agreement.told(2, { index: MILESTONE, digest: 'another' }, 3 * MILESTONE + 5);
    t.match(agreement.disagreement, /after entry 256/);
  });
  await t.test('at a milestone to which this member comes later', async (t) => {
    const { agreement, apply } = memberAt(5);
    agreement.told(2, { index: MILESTONE, digest: 'another' }, 5);
    apply(MILESTONE - 1);
    t.equal(agreement.disagreement, undefined, 'not before');
    apply(MILESTONE);
    t.match(agreement.disagreement, /after entry 256/);
  });
  await t.test('nowhere when they have nothing in common', async (t) => {
    const { agreement } = memberAt(2 * MILESTONE);
    agreement.told(2, { index: MILESTONE + 1, digest: 'another' }, 2 * MILESTONE);
    t.equal(agreement.disagreement, undefined);
  });
});

t.test('what was found stays until a snapshot takes the place of the tree', async (t) => {
  const { agreement } = memberAt(7);
  agreement.told(2, { index: 7, digest: 'another' }, 7);
  const found = agreement.disagreement;
  agreement.told(3, { index: 7, digest: 'tree 7' }, 7);
  t.equal(agreement.disagreement, found);
  agreement.restart();
  t.equal(agreement.disagreement, undefined);
  t.equal(agreement.latest, undefined);
});

t.test('where one does not know its digest, nothing is compared', async (t) => {
  const { agreement } = memberAt(7);
  agreement.told(2, { index: 7, digest: '' }, 7);
  t.equal(agreement.disagreement, undefined);
  let digest = '';
  const other = new Agreement(() => digest);
  other.told(2, { index: 7, digest: 'tree 7' }, 7);
  t.equal(other.disagreement, undefined);
  digest = 'tree 8';
  other.told(2, { index: 8, digest: 'another' }, 8);
  t.match(other.disagreement, /tree 8/, 'and then it is');
});
