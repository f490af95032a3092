/** The documentation page: complete, whole in itself, and safe to open. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import t from 'tap';
import { escapeHtml, html, markdown } from '../../routes/docs/html.ts';
import { registerDocs } from '../../routes/docs.ts';
import { asyncapi, openapi, operations } from '../../routes/openapi.ts';

const app = Fastify();
registerDocs(app);
t.teardown(() => app.close());

const answer = await app.inject('/docs');
const page = answer.body;

t.test('the page is HTML under a policy that lets in its own style sheet only', async (t) => {
  t.equal(answer.statusCode, 200);
  t.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  t.match(answer.headers['content-security-policy'], `style-src 'sha256-${hash}'`);
  t.match(answer.headers['content-security-policy'], "default-src 'none'");
});

t.test('the page loads nothing and runs nothing', async (t) => {
  t.notMatch(page, /<(script|link|img|iframe|object|embed|form)\b/i);
  t.notMatch(page, /\s(src|on\w+|style)=/i);
  t.notMatch(page, /@import|url\(/i);
});

t.test('every element that is opened is closed, in order', async (t) => {
  const open: string[] = [];
  const empty = new Set(['meta', '!doctype', 'br']);
  for (const [, slash, name = ''] of page.matchAll(/<(\/?)([!a-z][a-z0-9]*)\b[^>]*>/gi)) {
    if (empty.has(name.toLowerCase())) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) t.fail(`</${name}> closes something else`);
  }
  t.same(open, []);
});

t.test('every link within the page leads somewhere, and every id is there once', async (t) => {
  const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
  t.equal(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) {
    if (!ids.includes(target)) t.fail(`#${target} is nowhere`);
  }
});

t.test('every operation, schema, frame and close code is on the page', async (t) => {
  for (const { operationId } of operations) t.match(page, `<h3 id="${operationId}">`);
  for (const name of Object.keys(openapi.components.schemas)) {
    t.match(page, `<h3 id="schema-${name}">`);
  }
  for (const { name } of Object.values(asyncapi.components.messages)) {
    t.match(page, `<a href="#schema-${name}">${name}</a>`);
  }
  for (const { code } of asyncapi.channels.connection['x-close-codes']) {
    t.match(page, `<th scope="row">${code}</th>`);
  }
});

t.test('the documents are served as they are in the repository', async (t) => {
  for (const name of ['openapi.yaml', 'asyncapi.yaml']) {
    const { statusCode, headers, body } = await app.inject(`/${name}`);
    t.equal(statusCode, 200);
    t.equal(headers['content-type'], 'application/yaml; charset=utf-8');
    t.equal(body, readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
  }
});

t.test('text is escaped wherever it comes from', async (t) => {
  const hostile = `<b a="1" c='2'>&`;
  t.equal(escapeHtml(hostile), '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;');
  t.equal(
    html`<p>${hostile}${[3, html`<br>`]}${undefined}</p>`.text,
    `<p>${escapeHtml(hostile)}3<br></p>`,
  );
  t.equal(
    markdown('a `<b>` **c**\n\nd').text,
    '<p>a <code>&lt;b&gt;</code> <strong>c</strong></p>\n<p>d</p>',
  );
});
