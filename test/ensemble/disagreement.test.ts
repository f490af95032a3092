/**
 * A member whose tree is not the one that it should be, with everything about it as if it were: by
 * whatever has happened to it. It says so.
 */
import { join } from 'node:path';
import t from 'tap';
import { AclDecoder } from '../../storage/acl-text.ts';
import { Meta, openConnection } from '../../storage/database.ts';
import { RowsDigest } from '../../storage/rows-digest.ts';
import type { SessionRow, ZnodeRow } from '../../storage/tree/image.ts';
import { clientOf, startEnsemble } from './setup.ts';

const ACL_AT = 13;

/** Another value for `/a`, in tables that prove themselves by the digest beside them. */
function alter(dataDir: string): void {
  const connection = openConnection(join(dataDir, 'paddock.db'));
  const update = connection.prepare("UPDATE znodes SET text = 'as it is not' WHERE path = '/a'");
  if (update.run().changes !== 1) throw new Error('the tables do not hold what is to be altered');
  const digest = new RowsDigest();
  const acls = new AclDecoder();
  const rows = (table: string) => connection.prepare(`SELECT * FROM ${table}`).raw().all();
  for (const row of rows('sessions') as SessionRow[]) digest.addSession(row);
  for (const row of rows('znodes') as ZnodeRow[]) {
    digest.addZnode(row.with(ACL_AT, acls.decode(String(row[ACL_AT]))) as unknown as ZnodeRow);
  }
  const meta = new Meta(connection);
  meta.put('tables', { ...meta.tables(), digest: digest.text() });
  connection.close();
}

t.setTimeout(60_000);

await t.test(
  'a member whose tree differs from the leader’s is not ready, and says why',
  async (t) => {
    const ensemble = await startEnsemble(t);
    const client = await clientOf(t, await ensemble.leader());
    await client.create('/a', { data: 'as it is' });
    const [follower] = await ensemble.followers();
    if (follower === undefined) throw new Error('nobody follows');
    await follower.stop();
    alter(follower.dataDir);
    await follower.start();
    await ensemble.until('it says so', async () => {
      const status = await follower.status();
      return status?.ready === false && /^the tree differs/.test(status.reason ?? '');
    });
    const { status } = await fetch(`${follower.url}/readyz`);
    t.equal(status, 503);
    t.match(follower.lifeOutput, /not the same tree/);
    await ensemble.until('the leader shows it', async () => {
      const seen = (await (await ensemble.leader()).view())?.members;
      return seen?.find(({ id }) => id === follower.id)?.ready === false;
    });
  },
);
