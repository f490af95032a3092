/**
 * The truth table of ACLs: every scheme, every permission, every operation that a permission
 * decides, over HTTP and over WebSocket. A grant of one permission to one identity allows exactly
 * the operations whose rule names it, to exactly those who have the identity; the ACL of the other
 * znode, child or parent, closed to everybody, does not matter.
 */
import type { SecureContextOptions } from 'node:tls';
import { openapi, operations, type SchemaObject } from '../../routes/openapi.ts';
import { HTTP_RULES, type Permission, RULES, type Rule, type Ruled } from './acl-rules.ts';
import { descendants, getQuota, removeQuota, setQuota, watchers } from './beside.ts';
import { type AclEntry, codeOf, type Driver, Refused, userAcl, world } from './driver.ts';
import { authority, believing, SECURED } from './secured.ts';
import { overBoth, withMember, withOwnMembers } from './specification.ts';

// All is over TLS, for those who show a certificate; to the others it makes no difference.
withMember(SECURED, believing);

const carol = { ...believing, ...authority.issue({ subject: [['CN', 'carol']] }) };

// ------------------------------------------------------------------------- what is tried

interface Action {
  readonly rule: Ruled;
  /** It needs READ as well, on what it changes, or on the parent of what it creates. */
  readonly reads?: true;
  /** On a znode `path` of its own; `parent` is that one's. */
  readonly attempt: (client: Driver, path: string, parent: string) => Promise<unknown>;
}

/** Resolves, or rejects with its error, as the one read of a batch would alone. */
async function readOne(client: Driver, op: string, path: string): Promise<void> {
  const [result] = await client.read([{ op, path }]);
  if (result?.['error'] !== undefined) throw new Refused(result['error'] as Refused['problem']);
}

const dryRun = { dryRun: true };
const LIMITS = { data: 'count=1000,bytes=-1' };

/** Where ZooKeeper keeps the quota of `path`, whether there is one or not. */
const quotaOf = (path: string) => `/zookeeper/quota${path}`;

const ACTIONS: Readonly<Record<string, Action>> = {
  create: { rule: 'create', attempt: (client, path) => client.create(`${path}-new`) },
  'create sequential': {
    rule: 'create',
    attempt: (client, _path, parent) =>
      client.create(`${parent}/`, { mode: 'persistent_sequential' }),
  },
  'create with parents': {
    rule: 'create',
    attempt: (client, path) => client.create(`${path}-dir/x`, { parents: true }),
  },
  'set that creates': {
    rule: 'create',
    attempt: (client, path) => client.set(`${path}-set`, 'x', { create: true }),
  },
  'create in a transaction': {
    rule: 'create',
    attempt: (client, path) => client.transaction([{ op: 'create', path: `${path}-ta` }]),
  },
  'create in a dry run': {
    rule: 'create',
    reads: true,
    attempt: (client, path) => client.transaction([{ op: 'create', path: `${path}-dry` }], dryRun),
  },
  delete: { rule: 'delete', attempt: (client, path) => client.delete(path) },
  'delete recursive': {
    rule: 'delete',
    attempt: (client, path) => client.delete(path, { recursive: true }),
  },
  'delete in a transaction': {
    rule: 'delete',
    attempt: (client, path) => client.transaction([{ op: 'delete', path }]),
  },
  'delete in a dry run': {
    rule: 'delete',
    reads: true,
    attempt: (client, path) => client.transaction([{ op: 'delete', path }], dryRun),
  },
  set: { rule: 'set', attempt: (client, path) => client.set(path, 'x') },
  'set in a transaction': {
    rule: 'set',
    attempt: (client, path) => client.transaction([{ op: 'set', path, data: 'x' }]),
  },
  'set in a dry run': {
    rule: 'set',
    reads: true,
    attempt: (client, path) => client.transaction([{ op: 'set', path, data: 'x' }], dryRun),
  },
  get: { rule: 'get', attempt: (client, path) => client.get(path) },
  'get in a batch': { rule: 'get', attempt: (client, path) => readOne(client, 'get', path) },
  exists: { rule: 'exists', attempt: (client, path) => client.exists(path) },
  'exists in a batch': {
    rule: 'exists',
    attempt: (client, path) => readOne(client, 'exists', path),
  },
  children: { rule: 'children', attempt: (client, path) => client.children(path) },
  'children in a batch': {
    rule: 'children',
    attempt: (client, path) => readOne(client, 'children', path),
  },
  descendants: { rule: 'descendants', attempt: (client, path) => descendants(client, path) },
  check: {
    rule: 'check',
    attempt: (client, path) => client.transaction([{ op: 'check', path }]),
  },
  checkAbsent: {
    rule: 'checkAbsent',
    attempt: (client, path) => client.transaction([{ op: 'checkAbsent', path }]),
  },
  getAcl: { rule: 'getAcl', attempt: (client, path) => client.getAcl(path) },
  'getAcl in a batch': {
    rule: 'getAcl',
    attempt: (client, path) => readOne(client, 'getAcl', path),
  },
  watchers: { rule: 'watchers', attempt: (client, path) => watchers(client, path) },
  setAcl: { rule: 'setAcl', attempt: (client, path) => client.setAcl(path, CLOSED) },
  setQuota: { rule: 'setQuota', attempt: (client, path) => setQuota(client, path) },
  'setQuota on what is not there': {
    rule: 'setQuota',
    attempt: (client, path) => setQuota(client, `${path}/to/come`),
  },
  removeQuota: { rule: 'removeQuota', attempt: (client, path) => removeQuota(client, path) },
  'create of the znode of a quota': {
    rule: 'setQuota',
    attempt: (client, path) => client.create(`${quotaOf(path)}/x`),
  },
  'sequential create in the znode of a quota': {
    rule: 'setQuota',
    attempt: (client, path) =>
      client.create(`${quotaOf(path)}/`, { mode: 'persistent_sequential' }),
  },
  'set of the znode of a quota': {
    rule: 'setQuota',
    attempt: (client, path) => client.set(`${quotaOf(path)}/zookeeper_stats`, 'x'),
  },
  'set that creates the znode of a quota': {
    rule: 'setQuota',
    attempt: (client, path) => client.set(`${quotaOf(path)}/y`, 'x', { create: true }),
  },
  'delete of the znode of a quota': {
    rule: 'removeQuota',
    attempt: (client, path) => client.delete(`${quotaOf(path)}/zookeeper_limits`),
  },
  'delete recursive of the znode of a quota': {
    rule: 'removeQuota',
    attempt: (client, path) => client.delete(quotaOf(path), { recursive: true }),
  },
  'setAcl of the znode of a quota': {
    rule: 'setQuota',
    attempt: (client, path) => client.setAcl(quotaOf(path), world('cdrwa')),
  },
  'quota in a transaction': {
    rule: 'setQuota',
    attempt: (client, path) =>
      client.transaction([{ op: 'create', path: `${quotaOf(path)}/zookeeper_limits`, ...LIMITS }]),
  },
  'quota in a dry run': {
    rule: 'setQuota',
    attempt: (client, path) =>
      client.transaction(
        [{ op: 'set', path: `${quotaOf(path)}/zookeeper_limits`, ...LIMITS }],
        dryRun,
      ),
  },
};

const rules: Readonly<Record<string, Rule>> = RULES;

function ruleOf({ rule }: Action): Extract<Rule, { needs: unknown }> {
  const found = rules[rule];
  if (found === undefined || !('needs' in found)) throw new Error(`${rule} needs no permission`);
  return found;
}

// ------------------------------------------------------------------------- the table

const LETTERS: readonly Permission[] = ['c', 'd', 'r', 'w', 'a'];
/** Everything, to somebody who never comes. */
const CLOSED = userAcl('cdrwa', 'nobody', 'x');

/** What is granted to a client that is this user, and to somebody else in the same scheme. */
interface Column {
  readonly user?: readonly [string, string];
  readonly certificate?: SecureContextOptions;
  readonly own: (perms: string) => readonly AclEntry[];
  readonly foreign: (perms: string) => readonly AclEntry[];
}

const ip = (id: string) => (perms: string) => [{ perms, scheme: 'ip', id }];
const x509 = (id: string) => (perms: string) => [{ perms, scheme: 'x509', id }];

const COLUMNS: Readonly<Record<string, Column>> = {
  world: { own: world, foreign: () => CLOSED },
  digest: {
    user: ['bob', 'secret'],
    own: (perms) => [...CLOSED, ...userAcl(perms, 'bob', 'secret')],
    foreign: (perms) => userAcl(perms, 'bob', 'another secret'),
  },
  ip: { own: ip('127.0.0.0/8'), foreign: ip('10.0.0.0/8') },
  x509: { certificate: carol, own: x509('CN=carol'), foreign: x509('CN=dave') },
};

/**
 * The actions that the client was allowed: each on a znode of its own, where the ACL that decides
 * grants these permissions and the other one is closed, but for what a dry run needs to read. All
 * are laid out by `root` in one transaction.
 */
async function allowed(
  root: Driver,
  client: Driver,
  base: string,
  grant: Column['own'],
  perms: string,
): Promise<string[]> {
  const layout = Object.entries(ACTIONS).map(([name, action], at) => {
    const { on } = ruleOf(action);
    const also =
      action.reads === true ? (action.rule === 'create' ? 'parent' : 'znode') : undefined;
    const acls = (['parent', 'znode'] as const).map((each) => {
      const granted = new Set([...(each === on ? perms : ''), ...(each === also ? 'r' : '')]);
      return granted.size === 0 ? CLOSED : grant([...granted].join(''));
    });
    const parent = `${base}/p${at}`;
    return { name, action, parent, path: `${parent}/x`, acls };
  });
  await root.transaction([
    { op: 'create', path: base },
    ...layout.flatMap(({ parent, path, acls: [ofParent = CLOSED, ofZnode = CLOSED] }) => [
      { op: 'create', path: parent, acl: ofParent },
      { op: 'create', path, acl: ofZnode },
    ]),
  ]);
  await client.sync();
  const outcomes = await Promise.all(
    layout.map(async ({ name, action, parent, path }) => {
      const code = await outcomeOf(action.attempt(client, path, parent));
      return code === 'NoAuth' ? [] : [name];
    }),
  );
  return outcomes.flat();
}

async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.problem.code;
    throw error;
  }
}

function expected(letter: Permission): string[] {
  return Object.keys(ACTIONS).filter((name) => {
    const action = ACTIONS[name];
    return action !== undefined && ruleOf(action).needs.includes(letter);
  });
}

for (const [scheme, { user, certificate, own, foreign }] of Object.entries(COLUMNS)) {
  await overBoth({
    [`${scheme}: a permission allows what needs it, to whom it is granted`]: async ({
      t,
      connect,
      connectWith,
      at,
    }) => {
      const client = await connectWith(certificate ?? believing);
      const root = await connect();
      await root.authenticate('root', 'all mighty');
      if (user !== undefined) await client.authenticate(...user);
      for (const letter of LETTERS) {
        const granted = await allowed(root, client, at(`own-${letter}`), own, letter);
        t.strictSame(granted, expected(letter), `${letter} is granted`);
      }
      const denied = await allowed(root, client, at('foreign'), foreign, LETTERS.join(''));
      t.strictSame(denied, [], 'everything is granted, to another');
    },
  });
}

await overBoth({
  'super: everything is allowed, whatever an ACL says': async ({ t, client, connect, at }) => {
    const root = await connect();
    await root.authenticate('root', 'all mighty');
    const nobody = () => CLOSED;
    t.strictSame(await allowed(root, root, at('super'), nobody, ''), Object.keys(ACTIONS));
    t.strictSame(await allowed(root, client, at('nobody'), nobody, ''), [], 'nothing to others');
  },

  'what is beside the znodes follows the ACL of /zookeeper/quota': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const root = await connect();
    await root.authenticate('root', 'all mighty');
    await root.setAcl('/zookeeper/quota', CLOSED);
    await root.create(at('x'));
    t.equal(await codeOf(setQuota(client, at('x'), { countLimit: 5 })), 'NoAuth');
    await setQuota(root, at('x'), { countLimit: 5 });
    t.equal((await getQuota(root, at('x'))).countLimit, 5);
    await client.sync();
    t.equal(await codeOf(getQuota(client, at('x'))), 'NoAuth');
    t.equal(await codeOf(setQuota(client, at('x'), { countLimit: 9 })), 'NoAuth');
    t.equal(await codeOf(removeQuota(client, at('x'))), 'NoAuth');
    await removeQuota(root, at('x'));
    await root.setAcl('/zookeeper/quota', world('cdrwa'));
  },

  'one operation that is not allowed is the end of all': async ({ t, client, at }) => {
    await client.create(at('mine'));
    await client.create(at('closed'), { acl: CLOSED });
    const problem = client.transaction([
      { op: 'set', path: at('mine'), data: 'x' },
      { op: 'check', path: at('closed') },
      { op: 'create', path: at('new') },
    ]);
    t.equal(await codeOf(problem), 'NoAuth');
    t.equal((await client.get(at('mine'))).stat.version, 0);
    t.equal(await client.exists(at('new')), undefined);
  },
});

// ------------------------------------------------------------------------- a rule for each

const schemas: Readonly<Record<string, SchemaObject>> = openapi.components.schemas;

/** The names of operations that the schemas ending like this are of. */
function named(ending: 'Frame' | 'Op'): string[] {
  return Object.entries(schemas)
    .filter(([name]) => name.endsWith(ending))
    .flatMap(([, { properties = {} }]) => {
      const { op } = properties;
      return op !== undefined && 'enum' in op ? (op.enum as string[]) : [];
    });
}

await withOwnMembers('every operation has a rule, and every rule an operation', async (t) => {
  const asked = new Set([...named('Frame'), ...named('Op')]);
  t.strictSame([...asked].sort(), Object.keys(RULES).sort(), 'WebSocket, transactions, batches');
  const routes = operations.map(({ operationId }) => operationId);
  t.strictSame(routes.sort(), Object.keys(HTTP_RULES).sort(), 'HTTP');
});

await withOwnMembers('every rule that a permission decides is tried', async (t) => {
  const decided = Object.keys(rules).filter((name) => 'needs' in (rules[name] ?? {}));
  const tried = new Set(Object.values(ACTIONS).map(({ rule }) => rule));
  t.strictSame([...tried].sort(), decided.sort());
});
