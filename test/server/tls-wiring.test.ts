/** What a member says of its certificates and of what is missing, and how it renews them. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { mock } from 'node:test';
import type { Logger } from 'pino';
import t from 'tap';
import { type Config, readConfig } from '../../server/config.ts';
import { TlsWiring } from '../../server/tls-wiring.ts';
import { Authority, type CertificateOptions, writePem } from '../harness/certificates.ts';
import { endAll } from '../harness/process.ts';

t.teardown(endAll);

const authority = new Authority();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const after = (ms: number) => new Date(Date.now() + ms);

function wiringOf(config: Config) {
  const lines: string[] = [];
  const line = (level: string) => (facts: unknown, text?: string) =>
    lines.push(`${level} ${text ?? facts} ${JSON.stringify(facts)}`);
  const logger = { info: line('info'), warn: line('warn'), error: line('error') };
  const wiring = new TlsWiring(config, logger as unknown as Logger);
  const start = () => wiring.start(createServer(), undefined);
  return { wiring, lines, start };
}

function certified(options: Partial<CertificateOptions> = {}) {
  const until = after(30 * DAY_MS);
  const issued = authority.issue({ subject: [['CN', 'a member']], until, ...options });
  const files = writePem({ cert: issued.cert, key: issued.key });
  const config = readConfig(['--tls-cert', files.cert, '--tls-key', files.key], {});
  return { ...wiringOf(config), files, issued };
}

t.test('what is missing on an address that others reach is said, again and again', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] });
  t.teardown(() => mock.timers.reset());
  const { lines, start } = wiringOf(readConfig(['--listen', '0.0.0.0:1', '--insecure'], {}));
  start();
  t.equal(lines.length, 1);
  t.match(lines[0], /^warn open to the network.*nothing there would be encrypted/);
  mock.timers.tick(60_000);
  t.equal(lines.length, 2, 'once a minute');
});

t.test('on loopback there is nothing to say', async (t) => {
  const { lines, start } = wiringOf(readConfig([], {}));
  start();
  t.same(lines, []);
});

t.test('until when a certificate is good is said, and that it is not', async (t) => {
  const good = certified();
  good.start();
  t.match(good.lines, [/^info certificate .*CN=a member.*"until":/]);
  const over = certified({ until: after(-HOUR_MS) });
  over.start();
  t.match(over.lines, [/^warn certificate: renew it .*was good until/]);
  const early = certified({ from: after(HOUR_MS) });
  early.start();
  t.match(early.lines, [/^warn certificate: renew it .*not good before/]);
});

t.test('of one that will be over in less than 14 days that is said, once a day', async (t) => {
  const later = certified({ until: after(14 * DAY_MS + HOUR_MS) });
  later.start();
  t.match(later.lines, [/^info certificate /], 'there is time');
  mock.timers.enable({ apis: ['setInterval'] });
  t.teardown(() => mock.timers.reset());
  const soon = certified({ until: after(14 * DAY_MS - HOUR_MS) });
  soon.start();
  t.match(soon.lines, [/^warn certificate: renew it .*CN=a member.*is good until .* only/]);
  mock.timers.tick(DAY_MS);
  t.match(soon.lines, { length: 2 }, 'again');
  const fine = certified();
  fine.start();
  mock.timers.tick(DAY_MS);
  t.match(fine.lines, { length: 1 }, 'what is fine is said once');
});

t.test('what cannot be read is not used, and the line says why, without a key', async (t) => {
  const { wiring, lines, files, issued } = certified();
  writeFileSync(files.cert, authority.issue({ subject: [['CN', 'another']] }).cert);
  wiring.renew();
  t.match(lines, [/^error certificates were not renewed.*is not the key of/]);
  writeFileSync(files.cert, issued.cert);
  wiring.renew();
  t.match(lines.slice(1), [/^info certificate /, /^info certificates were renewed/]);
  const secret = issued.key.split('\n')[1] ?? '';
  t.notOk(lines.some((line) => line.includes(secret)));
});
