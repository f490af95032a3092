/**
 * Answers to ids when there is little room: a session keeps as much as is left for all others, what
 * it forgets is in the log, and a write whose answer has no room is refused. Replicas, and tables
 * that the log is folded into, forget the same.
 */
import t from 'tap';
import { Fold } from '../../storage/fold.ts';
import { AnswersRows } from '../../storage/memory-answers.ts';
import { applyTransaction } from '../../storage/tree/apply.ts';
import { answersRows, loadAnswers, loadSessions, sessionRow } from '../../storage/tree/image.ts';
import { unitsOfAnswer } from '../../storage/tree/session-answers.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { IdName, SessionId, WriteRequest } from '../../storage/tree/types.ts';
import { Draw } from '../storage/workload.ts';
import { create, Leader, overTheWire, set } from './support.ts';

const QUEUE = create('/q-', { mode: 'persistent_sequential' });
const LONG = create(`${`/${'l'.repeat(240)}`.repeat(3)}-`, {
  ...{ mode: 'persistent_sequential', parents: true },
});

function frame(id: number): IdName {
  return { id, fingerprint: `f${id}` };
}

/** What a session keeps, and the units of it. */
function kept({ state }: Leader, session: SessionId) {
  const items = [...(state.answers.ofSession(session)?.items() ?? [])];
  const units = items.reduce((sum, { text }) => sum + unitsOfAnswer(text), 0);
  return { ids: items.map(({ id }) => id), units };
}

t.test('a session keeps what is left for all others, and so does the next', async (t) => {
  const room = 20_000;
  const leader = new Leader({ exactlyOnceBytes: room });
  const sessions = [leader.openSession(), leader.openSession(), leader.openSession()];
  for (const [at, session] of sessions.entries()) {
    for (let id = 1; id <= 100; id += 1) leader.do(QUEUE, session, frame(id));
    const { ids, units } = kept(leader, session);
    const most = room / 2 ** (at + 1);
    t.ok(units <= most && units > most - 400, `${units} of ${most}`);
    t.equal(ids.at(-1), 100);
    t.equal(leader.prepare(QUEUE, session, frame(ids[0] ?? 0)).kind, 'repeated');
    t.equal(leader.code(QUEUE, session, frame((ids[0] ?? 0) - 1)), 'OutcomeUnknown');
  }
  // Who has more than is fair gives it back as it goes on.
  for (let id = 101; id <= 200; id += 1) {
    for (const session of sessions) leader.do(QUEUE, session, frame(id));
  }
  for (const session of sessions) {
    const { units } = kept(leader, session);
    t.ok(Math.abs(units - room / 4) < 800, `${units}: each has a quarter, and a quarter is left`);
  }
  for (const session of sessions) leader.do({ op: 'closeSession', session, reason: 'closed' });
  t.equal(leader.state.answers.sessionUnits, 0);
});

t.test('an answer that is more than what is left is refused, and nothing is done', async (t) => {
  const leader = new Leader({ exactlyOnceBytes: 1500 });
  const session = leader.openSession();
  leader.do(QUEUE, session, frame(1));
  const refusal = leader.refused(LONG, session, frame(2));
  t.match(refusal, { code: 'Throttled', limit: { name: 'exactlyOnceBytes', value: 1500 } });
  t.ok(refusal.retryAfter);
  t.same(leader.children('/').length, 2);
  leader.do(set('/zookeeper'), session, frame(2));
  t.equal(leader.prepare(QUEUE, session, frame(1)).kind, 'repeated', 'and nothing was forgotten');
  leader.do(LONG, session);
  t.same(leader.children('/').length, 3, 'without an id it needs no room');
});

t.test('with room enough nothing is forgotten for want of it', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  for (let id = 1; id <= 300; id += 1) leader.do(id % 2 === 0 ? LONG : QUEUE, session, frame(id));
  t.equal(kept(leader, session).ids[0], 1);
});

t.test('replicas and tables forget the same, whatever is outstanding', async (t) => {
  for (let seed = 1; seed <= 8; seed += 1) {
    const draw = new Draw(seed);
    const leader = new Leader({ exactlyOnceBytes: 12_000 });
    const replica = new ReplicatedState();
    const tables = new AnswersRows();
    let fold = new Fold();
    let most = 0;
    const flush = (left: number) => {
      while (leader.outstanding.length > left) {
        const { transaction, zxid } = leader.outstanding[0] as (typeof leader.outstanding)[0];
        const text = overTheWire(transaction);
        applyTransaction(replica, zxid, text);
        fold.add(zxid, text);
        leader.applyNext();
        most = Math.max(most, leader.state.answers.sessionUnits);
      }
    };
    const foldNow = () => {
      const { answers, closedSessions } = fold.changes();
      for (const session of closedSessions) tables.endSession(session);
      for (const row of answers) tables.add(row);
      fold = new Fold();
    };
    const sessions: SessionId[] = [];
    let forgetting = 0;
    for (let id = 1; id <= 400; id += 1) {
      if (sessions.length < 4 || draw.below(60) === 0) {
        flush(0);
        leader.prepare({ op: 'openSession', secretHash: 'ab', timeoutMs: 1000 });
        sessions.push(formatOf(leader));
        flush(0);
      }
      const session = draw.of(sessions);
      const request: WriteRequest = draw.below(6) === 0 ? LONG : QUEUE;
      const prepared = leader.prepare(request, session, frame(id));
      if (prepared.kind === 'transaction' && prepared.transaction.name !== undefined) {
        const { name } = prepared.transaction;
        if ('id' in name && name.forgets !== undefined) forgetting += 1;
      }
      flush(draw.below(5));
      if (draw.below(20) === 0) foldNow();
      if (draw.below(80) === 0) {
        flush(0);
        const ending = sessions.shift() ?? '';
        leader.prepare({ op: 'closeSession', session: ending, reason: 'closed' });
        flush(0);
      }
    }
    flush(0);
    foldNow();
    t.ok(forgetting > 20, `${forgetting} transactions make something forgotten`);
    t.ok(most <= 12_000, `${most} units at most`);
    const { state } = leader;
    t.equal(replica.digest(), state.digest(), 'replicas agree');
    const loaded = new ReplicatedState();
    loadSessions(
      loaded,
      [...state.sessions.entries()].map(([, each]) => sessionRow(each)),
    );
    loadAnswers(loaded, tables.all());
    const shown = ({ answers }: ReplicatedState) => answersRows(answers).sort();
    t.same(shown(loaded), shown(state), 'what was folded is what is kept');
    t.equal(loaded.answers.sessionUnits, state.answers.sessionUnits);
  }
});

/** The session whose opening is outstanding. */
function formatOf({ outstanding }: Leader): SessionId {
  const change = outstanding.at(-1)?.transaction.changes[0];
  if (change?.op !== 'openSession') throw new Error('no session is being opened');
  return change.session;
}
