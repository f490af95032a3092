/** The routes of the app and the operations of the document are the same, in both directions. */
import t, { type Test } from 'tap';
import { buildApp, routesOf } from '../../routes/app.ts';
import {
  type Operation,
  openapi,
  operations,
  type ParameterObject,
  resolve,
  type SchemaObject,
} from '../../routes/openapi.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import type { Coordinator } from '../../server/types.ts';
import { startTestMember } from '../routes/member.ts';
import { agrees } from './agreement.ts';

/** Building an app asks nothing of its coordinator but the limits. */
async function registered(): Promise<readonly string[]> {
  const coordinator = { limits: DEFAULT_LIMITS } as unknown as Coordinator;
  const options = { version: '0.0.0-test', allowedHosts: [], allowedOrigins: [] };
  const app = buildApp(coordinator, options);
  await app.ready();
  const routes = routesOf(app).map(({ method, url }) => `${method} ${url}`);
  await app.close();
  return routes;
}

const routes = await registered();
const described = operations.map(({ method, url }) => `${method} ${url}`);

/** A GET brings its HEAD with it. */
const isItsHead = (route: string) => described.includes(route.replace(/^HEAD /, 'GET '));

t.test('every operation of the document is a route', async (t) => {
  t.same(
    described.filter((each) => !routes.includes(each)),
    [],
  );
});

t.test('every route is an operation of the document', async (t) => {
  t.same(
    routes.filter((each) => !described.includes(each) && !isItsHead(each)),
    [],
  );
  t.equal(new Set(routes).size, routes.length, 'each once');
});

t.test('every resource with GET has HEAD, but for streams', async (t) => {
  for (const { method, url } of operations) {
    if (method !== 'GET') continue;
    const isStream = url === '/v1/events' || url === '/v1/ws';
    t.equal(routes.includes(`HEAD ${url}`), !isStream, url);
  }
});

// ------------------------------------------------------------------------------- parameters

const member = await startTestMember(t);

/** The path that `operation` is asked for with: that of a znode, or of nothing. */
function targetOf({ path }: Operation): string {
  return path.replace('{path}', 'zookeeper').replace('{sessionId}', '0000000000000001');
}

async function ask(
  t: Test,
  operation: Operation,
  query: string,
  headers: Record<string, string> = {},
) {
  const body = ['PUT', 'POST'].includes(operation.method) ? bodyOf(operation) : undefined;
  const answer = await fetch(`${member.url}${targetOf(operation)}${query}`, {
    method: operation.method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  await agrees(t, operation, answer.clone());
  const isProblem =
    operation.method !== 'HEAD' &&
    answer.headers.get('content-type')?.startsWith('application/problem+json');
  const problem = isProblem ? ((await answer.json()) as { code: string; detail?: string }) : {};
  return { status: answer.status, detail: '', ...problem };
}

function bodyOf({ body }: Operation): string | undefined {
  if (body === undefined) return undefined;
  return JSON.stringify(openapi.components.schemas[body].example);
}

/** Every operation whose answer ends. */
const asked = operations.filter(({ path }) => path !== '/v1/ws' && path !== '/v1/events');

t.test('a query parameter that the document does not have is refused', async (t) => {
  for (const operation of asked) {
    const { status } = await ask(t, operation, '?nonsense=1');
    t.equal(status, 400, operation.operationId);
  }
});

t.test('every query parameter of the document is known', async (t) => {
  for (const operation of asked) {
    for (const { name, in: place, example } of operation.parameters) {
      if (place !== 'query' || (name === 'path' && operation.path.includes('{'))) continue;
      const value = Array.isArray(example) ? example.join(',') : String(example);
      const { detail } = await ask(t, operation, `?${name}=${encodeURIComponent(value)}`);
      t.notMatch(detail, /parameter/, `${operation.operationId} ${name}`);
    }
  }
});

t.test('a query parameter that is not what the document says is refused', async (t) => {
  for (const operation of asked) {
    for (const parameter of operation.parameters) {
      if (parameter.in !== 'query') continue;
      for (const value of wrongValues(parameter)) {
        const { status } = await ask(
          t,
          operation,
          `?${parameter.name}=${encodeURIComponent(value)}`,
        );
        t.equal(status, 400, `${operation.operationId} ${parameter.name}=${value}`);
      }
    }
  }
});

/** Values just outside of what the schema of a parameter lets through. */
function wrongValues({ schema }: ParameterObject): string[] {
  const { type, minimum = 0, pattern, enum: values, items } = resolve<SchemaObject>(schema);
  if (type === 'boolean') return ['', '1', 'True', 'null'];
  if (type === 'integer') return ['', 'x', '1.5', '1e3', '0x1', `${minimum - 1}`, `${2 ** 53}`];
  if (values !== undefined || pattern !== undefined) return ['', 'nonsense'];
  if (items !== undefined) return ['', 'nonsense', 'stat,stat', 'stat,data,stat', 'stat,'];
  return [];
}

t.test('a header that is not what the document says is refused', async (t) => {
  const wrong = { 'Paddock-Min-Zxid': 400, 'Paddock-Session': 410 };
  for (const operation of asked) {
    for (const [name, status] of Object.entries(wrong)) {
      if (!operation.parameters.some((each) => each.name === name)) continue;
      const answer = await ask(t, operation, '', { [name]: 'nonsense' });
      t.equal(answer.status, status, `${operation.operationId} ${name}`);
    }
  }
});

t.test('a JSON body with a field that the document does not have is refused', async (t) => {
  for (const operation of asked) {
    if (operation.body === undefined) continue;
    const answer = await fetch(`${member.url}${targetOf(operation)}`, {
      method: operation.method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...(openapi.components.schemas[operation.body].example as object),
        nonsense: 1,
      }),
    });
    t.equal(answer.status, 400, operation.operationId);
    const { detail } = (await answer.json()) as { detail?: string };
    t.equal(detail, 'there is no field "nonsense"', operation.operationId);
  }
});
