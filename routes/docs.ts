/**
 * `/docs`, and the documents that it is made from: `/openapi.yaml`, `/asyncapi.yaml`. The page is
 * plain HTML with one style sheet in it, known to the browser by its hash; nothing else may load or
 * run.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { docsPage } from './docs/page.ts';
import { operation } from './openapi.ts';
import { queryOf } from './query.ts';

interface Page {
  readonly text: string;
  readonly policy: string;
}

export function registerDocs(app: FastifyInstance): void {
  const page = once(makePage);
  app.get('/docs', (request, reply) => {
    queryOf(request.raw.url ?? '', operation('getDocs').query);
    const { text, policy } = page();
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer')
      .send(text);
  });
  const openapiYaml = once(() => readRoot('openapi.yaml'));
  app.get('/openapi.yaml', (request, reply) => sendYaml(request, reply, openapiYaml()));
  const asyncapiYaml = once(() => readRoot('asyncapi.yaml'));
  app.get('/asyncapi.yaml', (request, reply) => sendYaml(request, reply, asyncapiYaml()));
}

function sendYaml(request: FastifyRequest, reply: FastifyReply, text: string): void {
  queryOf(request.raw.url ?? '', operation('getOpenapi').query);
  reply.header('content-type', 'application/yaml; charset=utf-8').send(text);
}

function makePage(): Page {
  const style = readFileSync(new URL('docs/style.css', import.meta.url), 'utf8');
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { text: docsPage(style), policy: policy.join('; ') };
}

function readRoot(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}

/** Made when it is first asked for, and kept: few members are ever asked. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
