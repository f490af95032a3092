/**
 * A volume that runs full under a member: it refuses in time, serves what it has, and goes on when
 * there is room. When others take even what it keeps free, it ends; what it acknowledged is there.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { eventually } from '../conformance/specification.ts';
import { type MemberProcess, startMember } from '../harness/member.ts';
import { Volume } from './volume.ts';

const MIB = 1024 * 1024;
/** What a member keeps free: docs/LIMITS.md. */
const RESERVE = 64 * MIB;
/** More than the tables and the log of what is written here before it is refused. */
const ROOM = 24 * MIB;
const CHILDREN = 900;

t.setTimeout(120_000);

const volume = Volume.mount(RESERVE + ROOM);
if (volume === undefined) console.error('NOT TESTED: full disks; only root may mount a volume');
const skip = volume === undefined && 'only root may mount a volume';

t.test('a volume that runs full', { skip }, async (t) => {
  if (volume === undefined) return;
  const dataDir = join(volume.directory, 'data');
  let member: MemberProcess = await startMember({ dataDir });
  t.teardown(async () => {
    await member.kill();
    volume.unmount();
  });
  let http = new HttpClient(member.port);
  t.teardown(() => http.close());
  const put = (path: string, body: string) =>
    http.send({ method: 'PUT', target: `/v1/znodes${path}`, body });
  const data = async (path: string) => {
    const headers = { accept: 'application/octet-stream' };
    return (await http.send({ target: `/v1/znodes${path}`, headers })).text;
  };
  const written = (n: number) => `${n} `.padEnd(MIB / 2, 'x');

  let last = 0;
  await t.test('refuses writes before it is full', async (t) => {
    t.equal((await put('/gone', 'x')).status, 201);
    let answer = await put('/a', written(last));
    for (; answer.status < 300 && last < 1000; answer = await put('/a', written(last + 1))) {
      if (answer.status === 200) last += 1;
    }
    t.ok(last > 5, `after ${last} writes`);
    t.equal(answer.status, 503);
    t.match(answer.json(), { code: 'DiskFull', outcome: 'not-applied', retryAfter: 10 });
    t.equal(answer.headers['retry-after'], '10');
    const metrics = (await http.send({ target: '/metrics' })).text;
    const free = Number(/^disk_free_bytes (\S+)$/m.exec(metrics)?.[1]);
    t.ok(free > RESERVE / 2, `${free} bytes are free`);
  });

  await t.test('and serves what it has, and what makes room', async (t) => {
    t.equal(await data('/a'), written(last), 'the last that was acknowledged');
    t.equal((await http.send({ method: 'DELETE', target: '/v1/znodes/gone' })).status, 204);
    t.equal((await http.send({ target: '/livez' })).status, 200);
    const opened = await http.send({ method: 'POST', target: '/v1/sessions', json: {} });
    t.equal(opened.status, 503, 'no sessions');
    t.equal((await put('/a', 'small')).status, 503, 'nothing small either');
  });

  await t.test('and goes on when there is room', async (t) => {
    volume.resize(RESERVE + 3 * ROOM);
    await eventually('it writes again', async () => (await put('/a', 'again')).status === 200);
    t.equal(await data('/a'), 'again');
  });

  await t.test('ends when others take the rest; nothing acknowledged is lost', async (t) => {
    const kept = Array.from({ length: CHILDREN }, (_, n) => ({ op: 'create', path: `/kept/${n}` }));
    const ops = [{ op: 'create', path: '/kept', data: 'kept' }, ...kept];
    const created = { method: 'POST', target: '/v1/transactions', json: { ops } };
    t.equal((await http.send(created)).status, 200);
    const ballast = join(volume.directory, 'ballast');
    let left = RESERVE + 3 * ROOM;
    for (let at = 0; left >= 4096; at += 1) {
      try {
        writeFileSync(`${ballast}-${at}`, Buffer.alloc(left));
      } catch {
        // What had room of it stays.
        left = Math.floor(left / 4);
      }
    }
    // What makes room is taken to the end, though the log of it needs some.
    const attempts: { readonly put: number; readonly deleted: number }[] = [];
    for (let n = 0; !member.gone && n < CHILDREN; n += 1) {
      const none = { status: 0 };
      const { status } = await put('/a', `${n}`.padEnd(20_000, 'y')).catch(() => none);
      const gone = { method: 'DELETE', target: `/v1/znodes/kept/${n}` };
      attempts.push({ put: status, deleted: (await http.send(gone).catch(() => none)).status });
    }
    t.ok(member.gone, 'it has ended');
    t.equal(member.exitCode, 74, 'and says that the disk has failed');
    t.match(member.output(), /database or disk is full/);
    const known = new Set([0, 200, 204, 503]);
    t.ok(attempts.every((one) => known.has(one.put) && known.has(one.deleted)));
    const acked = attempts.findLastIndex((one) => one.put === 200);
    const removed = attempts.filter((one) => one.deleted === 204).length;
    t.comment(`${attempts.length} attempts, ${acked + 1} and ${removed} acknowledged`);
    await member.kill();
    http.close();
    for (let at = 0; at < 100; at += 1) rmSync(`${ballast}-${at}`, { force: true });
    member = await startMember({ dataDir });
    http = new HttpClient(member.port);
    t.equal(await data('/kept'), 'kept');
    const shown = Number.parseInt(await data('/a'), 10);
    if (acked >= 0) t.ok(shown >= acked, `${shown} is not before ${acked}`);
    const { stat } = (await http.send({ target: '/v1/znodes/kept' })).json<{
      readonly stat: { readonly numChildren: number };
    }>();
    // The last one may have been deleted, though nobody was told.
    const remaining = CHILDREN - removed;
    t.ok(
      [remaining, remaining - 1].includes(stat.numChildren),
      `${stat.numChildren} of ${remaining} are left`,
    );
    t.equal((await put('/a', 'at last')).status, 200);
  });
});
