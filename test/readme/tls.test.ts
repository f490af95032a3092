/** What docs/TLS.md shows works as it stands there, where there is an OpenSSL that makes it so. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { newDirectory, startMember } from '../harness/member.ts';
import { blocksOf, stepsOf } from './blocks.ts';
import { asShown } from './shell.ts';

const TLS = readFileSync(new URL('../../docs/TLS.md', import.meta.url), 'utf8');
const hasOpenssl = /^OpenSSL 3/.test(
  spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout,
);
const skip = hasOpenssl ? false : 'there is no OpenSSL 3';

t.test('each command of docs/TLS.md prints what is shown under it', { skip }, async (t) => {
  const directory = newDirectory();
  const inThere = { command: `cd ${directory}`, shown: [] };
  const blocks = blocksOf(TLS);
  const [making, ...using] = blocks.filter(({ language }) => language === 'console');
  await asShown(t, [inThere, ...stepsOf(making?.text ?? '')]);
  const start = blocks.find(({ language }) => language === 'sh')?.text ?? '';
  const args = [...start.matchAll(/(--[\w-]+) (\S+\.pem)/g)].flatMap(([, flag = '', file = '']) => [
    flag,
    join(directory, file),
  ]);
  t.equal(args.length, 6, 'the member is started with certificates');
  const { port } = await startMember({ args });
  const steps = using.flatMap(({ text }) =>
    stepsOf(text.replaceAll('127.0.0.1:7181', `127.0.0.1:${port}`)),
  );
  t.ok(steps.length >= 5, 'it shows commands');
  await asShown(t, [inThere, ...steps]);
});
