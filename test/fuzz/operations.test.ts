/**
 * Random requests on every operation of `openapi.yaml`: valid ones, nearly valid ones, and
 * nonsense.
 */
import fc from 'fast-check';
import t from 'tap';
import { HttpDriver, targetOf } from '../conformance/http-driver.ts';
import type { HttpAnswer, HttpRequest } from '../conformance/http-exchange.ts';
import { SEED } from '../crash/random.ts';
import { startMember } from '../harness/member.ts';
import { nearly, znodePath } from './arbitraries.ts';
import { breach, OPERATIONS, type Operation, type Parameter } from './contract.ts';
import { Oracle, shortened } from './oracle.ts';

const INPUTS_PER_OPERATION = 60;
/** Operations that tell or change the state of the tree get more. */
const MORE = new Set(['transact', 'createZnode', 'setZnode', 'deleteZnode', 'batchRead', 'setAcl']);

t.setTimeout(60_000);

/** Values of parameters for which the schema says too little, or too much for this purpose. */
const PARAMETERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  path: znodePath,
  'Paddock-Min-Zxid': fc.constantFrom('0000000000000000', '0000000100000000', 'x', '', '-1'),
  'Last-Event-ID': fc.constantFrom('0000000000000000', '0000000100000000.1', 'x', ''),
  since: fc.constantFrom('0000000000000000', '0000000100000000.1', 'x', ''),
  Prefer: fc.constantFrom('wait=0', 'respond-async', 'wait=x', 'wait=-1', ', ,wait'),
  'If-Match': fc.constantFrom('*', '"0000000100000001"', 'W/"x"', 'x', '"', '"a", "b"'),
  'If-None-Match': fc.constantFrom('*', '"0000000100000001.0.0"', 'W/"x"', 'x', '"'),
  after: fc.oneof(fc.string(), fc.constantFrom('a', '\u0000', '😀')),
  include: fc.constantFrom('stat', 'data', 'stat,data', 'stat,stat', '', 'acl', ','),
  mode: fc.constantFrom(
    'persistent',
    'persistent_sequential',
    'ephemeral',
    'x',
    '',
    'persistent_ttl',
  ),
  ttlMs: fc.constantFrom('100000000', '0', '-1', '1e9', '', '1099511627776'),
  limit: fc.constantFrom('1', '2', '1000', '0', '-1', '1.5', 'x', '', '99999999999999999999'),
  version: fc.constantFrom('0', '1', '-1', '-2', 'x', '', '1.5', '9007199254740993'),
  until: fc.constantFrom('exists', 'deleted', 'version>=0', 'children<1', 'x', ''),
};

const FLAG = fc.constantFrom('true', 'false', '', '1', 'TRUE');

function parameterValue(parameter: Parameter, driver: HttpDriver): fc.Arbitrary<string> {
  const { name } = parameter;
  if (name === 'Paddock-Session') return fc.constantFrom(driver.token, driver.token, 'x', '');
  if (name === 'sessionId') return fc.constantFrom(driver.sessionId, 'x', '0', '%00');
  return PARAMETERS[name] ?? FLAG;
}

/** Most requests have few of the parameters that they could have. */
function sometimes(
  parameter: Parameter,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<string | undefined> {
  if (parameter.in === 'path' || parameter.name === 'path') return value;
  const freq = parameter.required === true ? 10 : 2;
  return fc.option(value, { nil: undefined, freq: freq - 1 });
}

function requestOf(operation: Operation, driver: HttpDriver): fc.Arbitrary<HttpRequest> {
  const { parameters, bodies, method, template } = operation;
  const values = fc.record(
    Object.fromEntries(
      parameters.map((one) => [one.name, sometimes(one, parameterValue(one, driver))]),
    ),
  );
  const schema = bodies['application/json'];
  const json = schema === undefined ? fc.constant(undefined) : nearly(schema);
  const raw = fc.constantFrom(
    'none',
    'json',
    'json',
    'json',
    'json',
    'json',
    'json',
    'text',
    'form',
  );
  return fc.tuple(values, json, raw).map(([given, body, kind]) => {
    const query: Record<string, string> = {};
    const headers: Record<string, string> = {};
    let path = '/';
    let resource = template;
    for (const { name, in: place } of parameters) {
      const value = given[name];
      if (value === undefined) continue;
      if (place === 'header') headers[name.toLowerCase()] = headerSafe(value);
      else if (place === 'query') query[name] = value;
      else if (name === 'path') path = value;
      else resource = resource.replace(`{${name}}`, encodeURIComponent(value));
    }
    const target = targetOf(resource.replace('/{path}', ''), path, query);
    return { method, target, ...bodyOf(kind, body), headers: { ...typeOf(kind), ...headers } };
  });
}

function bodyOf(kind: string, json: unknown): { body?: string } {
  if (kind === 'none' || json === undefined) return {};
  return { body: JSON.stringify(json) };
}

function typeOf(kind: string): Record<string, string> {
  switch (kind) {
    case 'json':
      return { 'content-type': 'application/json' };
    case 'text':
      return { 'content-type': 'text/plain' };
    case 'form':
      return { 'content-type': 'application/x-www-form-urlencoded' };
    default:
      return {};
  }
}

function headerSafe(text: string): string {
  return text.replaceAll(/[^ -~]/g, '?');
}

function faultsOf(oracle: Oracle, operation: Operation, answer: HttpAnswer): string | undefined {
  const contentType = answer.headers['content-type'] ?? '';
  const { status, text } = answer;
  return (
    oracle.faults(status, contentType, text) ?? breach(operation, { status, contentType, text })
  );
}

await t.test(`random requests on every operation (seed ${SEED})`, async (t) => {
  // Nothing expires while the fuzzer looks for changes that nobody asked for.
  const member = await startMember({ args: ['--limit', 'sessionTimeoutMinMs=120000'] });
  t.teardown(() => member.stop());
  const oracle = new Oracle(t, member);
  let driver = await HttpDriver.open(member.port, 120_000);
  t.teardown(() => driver.disconnect());
  await driver.create('/fuzz');

  for (const operation of OPERATIONS) {
    const numRuns = INPUTS_PER_OPERATION * (MORE.has(operation.operationId) ? 5 : 1);
    const requests = fc.sample(requestOf(operation, driver), { numRuns, seed: SEED });
    let before = await oracle.state();
    for (const request of requests) {
      const input = `${operation.operationId} ${JSON.stringify(request)}`;
      const answer = await driver.http.send(request).catch((error: Error) => error);
      if (answer instanceof Error) {
        oracle.judge(input, `no answer: ${answer.message}`);
        continue;
      }
      let wrong = faultsOf(oracle, operation, answer);
      const after = await oracle.state();
      const changed = after.zxid !== before.zxid || after.digest !== before.digest;
      if (changed && (answer.status >= 400 || request.method === 'GET')) {
        wrong ??= `${answer.status}, and the tree has changed`;
      }
      before = after;
      oracle.judge(input, wrong);
    }
    // The session may have been closed by one of them.
    const alive = await driver.send({ target: `/v1/sessions/${driver.sessionId}` });
    if (alive.status !== 200) {
      driver.disconnect();
      driver = await HttpDriver.open(member.port, 120_000);
    }
  }
  t.comment(shortened(OPERATIONS.map(({ operationId }) => operationId).join(' '), 2000));
  await oracle.unharmed();
});
