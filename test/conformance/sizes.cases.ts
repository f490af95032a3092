/** Large data is data like any other, up to the limit, at whichever member it comes in. */
import { randomBytes } from 'node:crypto';
import { type Driver, refusalOf } from './driver.ts';
import { overBoth } from './specification.ts';

const MIB = 1024 * 1024;

async function bytesOf(client: Driver, path: string): Promise<Buffer> {
  const { data, encoding } = await client.get(path);
  return Buffer.from(data, encoding);
}

await overBoth({
  'half a megabyte, created, set and read at another member': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const other = await connect();
    const [first, second] = [randomBytes(500_000), randomBytes(600_000)];
    t.equal((await client.create(at('x'), { data: first })).stat.dataLength, 500_000);
    await other.sync();
    t.ok(first.equals(await bytesOf(other, at('x'))), 'byte by byte');
    t.equal((await client.set(at('x'), second)).stat.dataLength, 600_000);
    t.ok(second.equals(await bytesOf(client, at('x'))));
    const { children } = await client.children(at(''), { include: ['data'] });
    t.equal(children[0]?.data, second.toString('base64'), 'in a listing too');
  },

  'as much as a znode holds, and one byte more': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'x'.repeat(MIB) });
    t.equal((await client.exists(at('x')))?.dataLength, MIB);
    const limit = { name: 'dataBytes', value: MIB };
    for (const attempt of [
      () => client.set(at('x'), 'x'.repeat(MIB + 1)),
      () => client.create(at('y'), { data: 'x'.repeat(MIB + 1) }),
      () => client.transaction([{ op: 'create', path: at('y'), data: 'x'.repeat(MIB + 1) }]),
    ]) {
      t.match(await refusalOf(attempt()), { code: 'TooLarge', outcome: 'not-applied', limit });
    }
    t.equal((await client.exists(at('x')))?.version, 0, 'nothing of it was done');
    t.equal(await client.exists(at('y')), undefined);
  },
});
