/** What one request changes is bounded by the room that it takes in the log. */
import t from 'tap';
import { encodeTransaction } from '../../storage/tree/codec.ts';
import { bytesOfChange } from '../../storage/tree/entry-size.ts';
import type { Acl } from '../../storage/tree/types.ts';
import { create, data, Leader, remove, set } from './support.ts';

const DEEP = `/${'d'.repeat(60)}`.repeat(16);

function deepCreate(n: number) {
  return create(`/${n}${DEEP}`, { parents: true });
}

t.test('a change is never larger than what is counted for it', async (t) => {
  const leader = new Leader();
  const acl: Acl = [
    { perms: 'cdrwa', scheme: 'ip', id: '127.0.0.1' },
    { perms: 'r', scheme: 'digest', id: `user:${'x'.repeat(43)}=` },
    { perms: 'r', scheme: 'world', id: 'anyone' },
  ];
  const bytes = { text: '/w8B', encoding: 'base64', length: 3 } as const;
  const requests = [
    create('/a', { data: data('ä\u0001"\n') }),
    create('/a/"quoted\\', { data: bytes, acl }),
    create('/a/ümläüt€', { mode: 'persistent_ttl', ttlMs: 1_099_511_627_775 }),
    set('/a', 'x'.repeat(1000)),
    remove('/a/"quoted\\'),
    { op: 'setAcl', path: '/a', acl } as const,
  ];
  for (const request of requests) {
    const prepared = leader.prepare(request);
    if (prepared.kind !== 'transaction') throw new Error(JSON.stringify(prepared));
    const { transaction } = prepared;
    const counted = transaction.changes.reduce((sum, change) => sum + bytesOfChange(change), 0);
    const encoded = Buffer.byteLength(encodeTransaction(transaction));
    t.ok(encoded <= counted, `${request.op}: ${encoded} of ${counted}`);
    leader.applyNext();
  }
});

t.test('parents that are created count', async (t) => {
  const leader = new Leader({ entryBytes: 50_000 });
  leader.do(deepCreate(0));
  const ops = [1, 2, 3, 4, 5, 6].map(deepCreate);
  const prepared = leader.prepare({ op: 'transaction', ops });
  t.match(prepared, {
    kind: 'refused',
    refusal: { code: 'TooLarge', limit: { name: 'entryBytes', value: 50_000 }, index: 3 },
  });
  leader.do({ op: 'transaction', ops: ops.slice(0, 3) });
  t.equal(leader.state.tree.get('/4'), undefined, 'nothing of what was refused is there');
});

t.test('descendants that are deleted count, and a session ends whatever it owns', async (t) => {
  const leader = new Leader({ entryBytes: 20_000 });
  const session = leader.do({ op: 'openSession', secretHash: '', timeoutMs: 1000 }).results[0]
    ?.session;
  if (session === undefined) throw new Error('a session was opened');
  leader.do(create('/many'));
  for (let n = 0; n < 80; n += 1) {
    leader.do(create(`/many/${n}`, { mode: 'ephemeral' }), session);
  }
  const all = remove('/many', { recursive: true });
  t.match(leader.prepare(all), {
    kind: 'refused',
    refusal: { code: 'TooLarge', limit: { name: 'entryBytes' } },
  });
  leader.do({ op: 'closeSession', session, reason: 'expired' });
  t.equal(leader.state.tree.get('/many')?.stat.numChildren, 0);
  leader.do(all);
});
