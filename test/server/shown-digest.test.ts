/** The digest that everybody sees says whether members have the same, and nothing of what. */
import t from 'tap';
import { shownDigest } from '../../server/shown-digest.ts';
import { HttpClient } from '../conformance/http-exchange.ts';
import { startMember } from '../harness/member.ts';

const SECRET = 'a secret that members share, and nobody else';

t.test('who shares the secret shows the same for the same tree', async (t) => {
  const [one, other] = [shownDigest(SECRET), shownDigest(SECRET)];
  t.match(one('0123456789abcdef'), /^[0-9a-f]{16}$/);
  t.equal(one('0123456789abcdef'), other('0123456789abcdef'));
  t.not(one('0123456789abcdef'), one('0123456789abcdee'), 'and another for another tree');
  t.not(one('0123456789abcdef'), '0123456789abcdef');
  t.not(one('0123456789abcdef'), shownDigest(`${SECRET}!`)('0123456789abcdef'));
});

t.test('equal trees of strangers look different: what is in them cannot be tried', async (t) => {
  const digests = await Promise.all(
    [1, 2].map(async () => {
      const member = await startMember();
      const http = new HttpClient(member.port);
      const answer = await http.send({ target: '/v1/ensemble' });
      http.close();
      await member.stop();
      const [status] = answer.json<{ members: { zxid: string; digest: string }[] }>().members;
      return `${status?.zxid} ${status?.digest}`;
    }),
  );
  t.equal(new Set(digests.map((text) => text.slice(0, 16))).size, 1, 'at the same zxid');
  t.equal(new Set(digests).size, 2);
});
