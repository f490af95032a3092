/**
 * A page in a real browser: WebSocket, fetch and EventSource across origins, nothing else needed.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { startMember } from '../harness/member.ts';
import { chromiumMissing, openPage } from './chromium.ts';

t.setTimeout(220_000);

const PAGE = readFileSync(new URL('./page.html', import.meta.url));

/** How long a page may take to report, ms. */
const PAGE_MS = 30_000;

interface Site {
  readonly port: number;
  /** What the next page reports. */
  reported(): Promise<Record<string, unknown>>;
  close(): void;
}

/** The page's own origin, which takes the page's report too. */
async function startSite(): Promise<Site> {
  let take: (report: Record<string, unknown>) => void = () => undefined;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (request.method === 'POST') take(JSON.parse(body) as Record<string, unknown>);
      response.setHeader('content-type', 'text/html').end(PAGE);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    reported: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the page reports nothing')), PAGE_MS);
        take = (report) => {
          clearTimeout(timer);
          resolve(report);
        };
      }),
    close: () => server.close(),
  };
}

const missing = chromiumMissing();
if (missing !== undefined) t.comment(`SKIPPED, nothing was tried in a browser: ${missing}`);

t.test('a page uses a member', { skip: missing ?? false }, async (t) => {
  const site = await startSite();
  t.teardown(() => site.close());
  const origin = `http://127.0.0.1:${site.port}`;

  const visit = async (host: string) => {
    const report = site.reported();
    const leave = openPage(`${origin}/?member=${host}`);
    try {
      return await report;
    } finally {
      await leave();
    }
  };

  await t.test('of another origin that is allowed', async (t) => {
    const member = await startMember({ args: ['--allow-origin', origin] });
    t.teardown(() => member.stop());
    const seen = await visit(`127.0.0.1:${member.port}`);
    t.equal(seen['failed'], undefined);
    t.equal(seen['protocol'], 'paddock.v1.json');
    t.match(seen['connected'], { result: { timeoutMs: 2000, resumed: false } });
    t.match(seen['created'], { result: { path: '/page', stat: { dataLength: 11 } } });
    t.match(seen['watched'], { result: { data: 'grüße ☃', encoding: 'utf8', watch: 1 } });
    t.match(seen['read'], { result: { data: 'two' } }, 'pipelined behind the set');
    t.same(seen['order'], ['nodeDataChanged', 0, 1], 'its own event before the answer');
    t.match(seen['alive'], { result: { exists: true } }, 'pongs keep the session');
    t.match(seen['http'], { status: 200, body: { data: 'two' } });
    const { zxid, etag } = seen['http'] as { zxid: unknown; etag: unknown };
    t.match(zxid, /^[0-9a-f]{16}$/, 'headers can be read');
    t.match(etag, /^"[0-9a-f]{16}\.\d+\.\d+"$/);
    t.same((seen['ended'] as { result: unknown }).result, {});
    t.equal(seen['closeCode'], 1000);
    t.match(seen['streamed'], { event: 'nodeDeleted', path: '/page' }, 'and EventSource hears it');
  });

  await t.test('of another origin that is not allowed gets nowhere', async (t) => {
    const member = await startMember();
    t.teardown(() => member.stop());
    const seen = await visit(`127.0.0.1:${member.port}`);
    t.match(seen['failed'], /cannot connect/);
  });
});
