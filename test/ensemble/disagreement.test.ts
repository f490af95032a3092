/**
 * A member whose tree is not the one that it should be, with everything about it as if it were: by
 * whatever has happened to it. It says so.
 */
import { join } from 'node:path';
import t from 'tap';
import { AclDecoder } from '../../storage/acl-text.ts';
import { type Connection, Meta, openConnection } from '../../storage/database.ts';
import { RowsDigest } from '../../storage/rows-digest.ts';
import type { SessionRow, ZnodeRow } from '../../storage/tree/image.ts';
import type { AppliedMark } from '../../storage/types.ts';
import { clientOf, startEnsemble } from './setup.ts';

const ACL_AT = 13;

/** Tables with something changed, which prove themselves by the digest beside them. */
function alter(
  dataDir: string,
  change: (connection: Connection, tables: AppliedMark) => AppliedMark,
): void {
  const connection = openConnection(join(dataDir, 'paddock.db'));
  const meta = new Meta(connection);
  const tables = change(connection, meta.tables());
  const digest = new RowsDigest();
  const acls = new AclDecoder();
  const rows = (table: string) => connection.prepare(`SELECT * FROM ${table}`).raw().all();
  for (const row of rows('sessions') as SessionRow[]) digest.addSession(row);
  for (const row of rows('znodes') as ZnodeRow[]) {
    digest.addZnode(row.with(ACL_AT, acls.decode(String(row[ACL_AT]))) as unknown as ZnodeRow);
  }
  meta.put('tables', { ...tables, digest: digest.text(tables.lastTime) });
  connection.close();
}

/** Another value for `/a`. */
function withAnother(connection: Connection, tables: AppliedMark): AppliedMark {
  const update = connection.prepare("UPDATE znodes SET text = 'as it is not' WHERE path = '/a'");
  if (update.run().changes !== 1) throw new Error('the tables do not hold what is to be altered');
  return tables;
}

/** As a version wrote them that knew of no time beside them. */
function ofFormat4(connection: Connection, tables: AppliedMark): AppliedMark {
  if (tables.lastTime === undefined) throw new Error('the tables have a time');
  connection.pragma('user_version = 4');
  return { ...tables, lastTime: undefined };
}

t.setTimeout(60_000);

const ensemble = await startEnsemble(t);
const client = await clientOf(t, await ensemble.leader());
await client.create('/a', { data: 'as it is' });

await t.test('one that was upgraded may not know its digest yet: nobody is alarmed', async (t) => {
  const [follower] = await ensemble.followers();
  if (follower === undefined) throw new Error('nobody follows');
  await follower.stop();
  alter(follower.dataDir, ofFormat4);
  await follower.start();
  await ensemble.until('it is ready, and has no digest', async () => {
    const status = await follower.status();
    return status?.ready === true && status.digest === '';
  });
  const digestsOf = async () => {
    const seen = (await (await ensemble.leader()).view())?.members ?? [];
    return seen.map(({ digest, ready }) => (ready ? digest : 'not ready'));
  };
  await ensemble.until('the leader shows it', async () => (await digestsOf()).includes(''));
  await client.create('/b');
  await ensemble.until('all have the same again', async () => {
    const digests = await digestsOf();
    return digests.length === 3 && new Set(digests).size === 1 && /^\w{16}$/.test(digests[0] ?? '');
  });
  t.notMatch(follower.lifeOutput, /not the same tree/);
});

await t.test(
  'a member whose tree differs from the leader’s is not ready, and says why',
  async (t) => {
    const [follower] = await ensemble.followers();
    if (follower === undefined) throw new Error('nobody follows');
    await follower.stop();
    alter(follower.dataDir, withAnother);
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
