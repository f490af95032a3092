/**
 * The strict linter of `openapi.yaml`, a static check: every rule that Redocly has is on, but for
 * those below, each with its reason. What breaks generated clients has tests of its own
 * (test/contract/constructs.test.ts).
 */
import { createConfig, lint, type NormalizedProblem } from '@redocly/openapi-core';

const TEXTS = ['text/event-stream', 'text/plain', 'text/html', 'application/yaml'];
const BODIES = ['application/json', 'application/octet-stream'];

/** Rules that are off, with the reason. */
const OFF: Readonly<Record<string, string>> = {
  'boolean-parameter-prefixes': '`recursive` says as much as `isRecursive`',
  'info-contact': 'there is no address that would not grow old',
  'no-unused-components': 'frames belong to asyncapi.yaml; openapi.test.ts looks for leftovers',
  'operation-4xx-response': 'every operation has `default`; openapi.test.ts wants more under /v1',
  'operation-description': 'a summary that says everything needs no second one',
  'path-excludes-patterns': 'there is no pattern to exclude',
  'path-http-verbs-order': 'read, write, create, delete: the order in which one learns them',
  'path-segment-plural': '`v1`, `sync` and `ensemble` are no lists',
  'required-string-property-missing-min-length': 'data may be empty; the rest has patterns',
  'response-contains-property': 'nothing is in every answer but a header',
  'scalar-property-missing-example': 'examples show whole objects',
  'security-defined': 'a request without an identity is valid: ACLs say what nobody may do',
  'tags-alphabetical': 'tags stand in the order in which one learns them',
};

const config = await createConfig({
  extends: ['all'],
  rules: {
    ...Object.fromEntries(Object.keys(OFF).map((rule) => [rule, 'off' as const])),
    'request-mime-type': { severity: 'error', allowedValues: BODIES },
    'response-mime-type': {
      severity: 'error',
      allowedValues: [...BODIES, ...TEXTS, 'application/problem+json'],
    },
    'response-contains-header': { severity: 'error', names: { '2xx': ['Paddock-Zxid'] } },
  },
});

function told({ ruleId, message, location }: NormalizedProblem): string {
  return `${location[0]?.pointer ?? ''}: ${message} (${ruleId})`;
}

const ref = process.argv[2] ?? new URL('../openapi.yaml', import.meta.url).pathname;
const problems = await lint({ ref, config });
for (const problem of problems) console.error(told(problem));
process.exitCode = problems.length === 0 ? 0 : 1;
