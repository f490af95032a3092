/** The queue of what is taken in the order in which it came. */
import t from 'tap';
import { Fifo } from '../../server/fifo.ts';

t.test('what went in first comes out first, however it grows and shrinks', async (t) => {
  const queue = new Fifo<number>();
  const model: number[] = [];
  let next = 0;
  let seed = 7;
  const differences: string[] = [];
  const same = (what: string, is: unknown, should: unknown) => {
    if (is !== should) differences.push(`${what}: ${is} and not ${should}`);
  };
  for (let step = 0; step < 20_000; step += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    // In waves: it is filled beyond what is kept when it is empty, and emptied again.
    if ((seed >>> 8) % 10 < (step % 6000 < 3500 ? 8 : 2)) {
      queue.push(next);
      model.push(next);
      next += 1;
    } else {
      same('taken', queue.shift(), model.shift());
    }
    same('length', queue.length, model.length);
    same('first', queue.first, model[0]);
    if (step % 500 === 0) same('all', `${[...queue]}`, `${model}`);
  }
  t.same(differences, []);
  queue.clear();
  t.same([...queue], []);
  t.equal(queue.shift(), undefined);
  queue.push(1);
  t.same([...queue], [1], 'it goes on after having been cleared');
});
