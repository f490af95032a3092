/** Who is let in: every way in which a handshake can be wrong, told by a code and logged once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { Caller, CallFailure, KNOCK_PATH, STREAM_PATH } from '../../server/peers/caller.ts';
import { REFUSALS } from '../../server/peers/gate.ts';
import {
  clusterIdOf,
  clusterKey,
  configurationOf,
  type Handshake,
  PROOF_HEADER,
} from '../../server/peers/handshake.ts';
import { ask, CALL, challengeOf, headersOf, selfOf, soundHandshake } from './stranger.ts';
import {
  clusterOf,
  connected,
  introduce,
  SECRET,
  startTransport,
  stopAll,
  type TestMember,
} from './transports.ts';

/** Member 1, which knows of a member 2 that is not there. */
async function alone(): Promise<TestMember> {
  const one = await startTransport(1);
  one.transport.setEnsemble(ENSEMBLE);
  one.transport.setPeers([one.address, { id: 2, host: '127.0.0.1', port: 1 }]);
  return one;
}

const ENSEMBLE = 'e'.repeat(32);
const OTHER_ENSEMBLE = 'f'.repeat(32);

const other = clusterOf('another secret that is also long enough');

interface Wrong {
  readonly code: keyof typeof REFUSALS;
  /** What is said, and proved. */
  readonly say?: (handshake: Handshake) => Partial<Handshake>;
  /** What is changed afterwards, so that the proof does not cover it. */
  readonly change?: Record<string, string>;
  readonly without?: string;
}

const WRONG: Readonly<Record<string, Wrong>> = {
  'another secret': { code: 'WrongSecret', say: () => ({ key: other.key.id, cluster: other.id }) },
  'a proof by chance': { code: 'WrongSecret', change: { [PROOF_HEADER]: 'a'.repeat(64) } },
  'another cluster': { code: 'OtherCluster', say: () => ({ cluster: 'b'.repeat(64) }) },
  'another ensemble': { code: 'OtherEnsemble', say: () => ({ ensemble: OTHER_ENSEMBLE }) },
  'an unknown member': { code: 'UnknownMember', say: () => ({ from: 9 }) },
  'its own number': { code: 'OwnId', say: () => ({ from: 1 }) },
  'another receiver': { code: 'OtherMember', say: () => ({ to: 3 }) },
  'a challenge of its own making': {
    code: 'StaleChallenge',
    say: () => ({ challenge: `zz.${'0'.repeat(32)}.${'0'.repeat(64)}` }),
  },
  'another version': { code: 'OtherVersion', change: { 'paddock-peer': '2' } },
  'entries of another format': { code: 'OtherVersion', change: { 'paddock-peer': '1.3' } },
  'no version': { code: 'OtherVersion', without: 'paddock-peer' },
  'no proof': { code: 'MalformedHandshake', without: PROOF_HEADER },
  'no sender': { code: 'MalformedHandshake', without: 'paddock-from' },
  'a sender that is no number': {
    code: 'MalformedHandshake',
    change: { 'paddock-from': '2 ' + '3' },
  },
  'a sender out of range': { code: 'MalformedHandshake', change: { 'paddock-from': '256' } },
  'a challenge of another form': {
    code: 'MalformedHandshake',
    change: { 'paddock-challenge': '1' },
  },
  'another sender than proved': { code: 'WrongSecret', change: { 'paddock-from': '3' } },
  'another nonce than proved': { code: 'WrongSecret', change: { 'paddock-nonce': '0'.repeat(32) } },
  'another process than proved': {
    code: 'WrongSecret',
    change: { 'paddock-incarnation': '0'.repeat(16) },
  },
  'another ensemble than proved': {
    code: 'WrongSecret',
    change: { 'paddock-ensemble': ENSEMBLE },
  },
  'an ensemble that is none': {
    code: 'MalformedHandshake',
    change: { 'paddock-ensemble': 'mine' },
  },
  'another configuration than proved': {
    code: 'WrongSecret',
    change: { 'paddock-configuration': 'f'.repeat(16) },
  },
};

for (const [name, { code, say, change, without }] of Object.entries(WRONG)) {
  t.test(`refused: ${name}`, async (t) => {
    const one = await alone();
    const { port } = one.address;
    for (const path of [STREAM_PATH, STREAM_PATH, KNOCK_PATH]) {
      const sound = await soundHandshake(port);
      const said = { ...sound, ...say?.(sound) };
      const signer = said.key === other.key.id ? other : clusterOf();
      const headers = { ...headersOf('POST', path, said, signer), ...change };
      if (without !== undefined) delete headers[without];
      const reply = await ask(port, 'POST', path, headers);
      t.equal(reply.code, code);
      t.equal(reply.status, REFUSALS[code][0]);
      t.equal(reply.headers.connection, 'close');
    }
    const warnings = one.witness.lines.filter(({ text }) => text.startsWith('turned away'));
    t.equal(warnings.length, 1, 'one line for three attempts');
    t.equal(warnings[0]?.facts['reason'], code);
    t.strictSame(one.witness.told, []);
    t.notMatch(JSON.stringify(one.witness.lines), SECRET);
    await stopAll([one]);
  });
}

t.test('a request that was heard cannot be made again', async (t) => {
  const one = await alone();
  const { port } = one.address;
  const headers = headersOf('POST', STREAM_PATH, await soundHandshake(port));
  t.equal((await ask(port, 'POST', STREAM_PATH, headers)).status, 200);
  t.equal((await ask(port, 'POST', STREAM_PATH, headers)).code, 'StaleChallenge');
  t.equal((await ask(port, 'POST', KNOCK_PATH, headers)).code, 'WrongSecret', 'nor for another');
  t.equal((await ask(port, 'GET', STREAM_PATH, headers)).code, 'WrongSecret');
  await stopAll([one]);
});

t.test('a challenge is of one process', async (t) => {
  const [one, again] = [await alone(), await alone()];
  const sound = await soundHandshake(one.address.port);
  const headers = headersOf('POST', STREAM_PATH, sound);
  t.equal((await ask(again.address.port, 'POST', STREAM_PATH, headers)).code, 'StaleChallenge');
  t.not(await challengeOf(one.address.port), await challengeOf(one.address.port));
  await stopAll([one, again]);
});

t.test('the member with the smaller number does not open streams', async (t) => {
  const three = await startTransport(3);
  three.transport.setPeers([three.address, { id: 2, host: '127.0.0.1', port: 1 }]);
  const { port } = three.address;
  const headers = headersOf('POST', STREAM_PATH, { ...(await soundHandshake(port)), to: 3 });
  t.equal((await ask(port, 'POST', STREAM_PATH, headers)).code, 'OtherDirection');
  await stopAll([three]);
});

t.test('members of ensembles that are not the same refuse each other, and say why', async (t) => {
  const one = await startTransport(1);
  const foreign = await startTransport(2, { cluster: other });
  const misled = await startTransport(3, { cluster: clusterOf(SECRET, [1, 3, 4, 5]) });
  introduce([one, foreign, misled]);
  const reasons = { 2: /WrongSecret/, 3: /OtherCluster/ };
  for (const { id, witness } of [foreign, misled]) {
    await witness.until('a reason', () =>
      witness.lines.some(({ facts }) =>
        reasons[id as 2 | 3].test(String(facts['peer'] === 1 && facts['reason'])),
      ),
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  const lines = one.witness.lines.filter(({ facts }) => facts['claims'] === 2);
  t.equal(lines.length, 1, 'one line, however often it tries');
  t.match(foreign.transport.status()[0]?.reason, /WrongSecret/);
  t.strictSame(one.witness.told, []);
  await stopAll([one, foreign, misled]);
});

t.test('who learns of which ensemble it is talks to no other one any more', async (t) => {
  const members = await Promise.all([1, 2, 3].map((id) => startTransport(id)));
  const [one, two, three] = members as [TestMember, TestMember, TestMember];
  one.transport.setEnsemble(ENSEMBLE);
  introduce(members);
  await Promise.all(members.map((member) => connected(member, 2)));
  // Which of the two knew first makes no difference, nor which opened their stream.
  two.transport.setEnsemble(OTHER_ENSEMBLE);
  three.transport.setEnsemble(ENSEMBLE);
  const isStrange = ({ transport }: TestMember, id: number) => {
    const { connected: isConnected, reason = '' } =
      transport.status().find((peer) => peer.id === id) ?? {};
    return isConnected === false && reason.startsWith('OtherEnsemble');
  };
  for (const [member, id] of [
    [one, 2],
    [two, 1],
    [two, 3],
    [three, 2],
  ] as const) {
    await member.witness.until(`${member.id} and ${id} part`, () => isStrange(member, id));
  }
  const lost = (member: TestMember) =>
    member.witness.told.flatMap(({ kind, from }) => (kind === 'lost' ? [from] : []));
  t.strictSame(lost(one), [2]);
  t.strictSame(lost(three), [2]);
  t.strictSame(lost(two).sort(), [1, 3]);
  one.transport.send(3, { kind: 'inquiry', epoch: 7 });
  await three.witness.until(
    'those of one ensemble go on',
    () => three.witness.count('message') > 0,
  );
  t.equal(two.witness.count('message'), 0);
  await stopAll(members);
});

t.test('what is repaired connects, and what is wrong again is logged again', async (_t) => {
  const one = await startTransport(1);
  const [wrong, right] = [await startTransport(2, { cluster: other }), await startTransport(2)];
  const claims = () => one.witness.lines.filter(({ facts }) => facts['claims'] === 2).length;
  introduce([one, wrong]);
  await one.witness.until('turned away', () => claims() === 1);
  introduce([one, right]);
  await connected(one, 1);
  wrong.transport.setPeers([]);
  introduce([one, wrong]);
  await one.witness.until('turned away again', () => claims() === 2);
  await stopAll([one, wrong, right]);
});

t.test('who answers without knowing the secret is not believed', async (t) => {
  const impostor = createServer((request, response) => {
    const challenge = `1.${'0'.repeat(32)}.${'0'.repeat(64)}`;
    const proof = {
      'paddock-incarnation': '0'.repeat(16),
      'paddock-configuration': '0'.repeat(16),
    };
    const challenged = request.url === '/peer/v1/challenge';
    response.writeHead(challenged ? 204 : 200, {
      'paddock-challenge': challenge,
      ...proof,
      [PROOF_HEADER]: 'a'.repeat(64),
    });
    response.flushHeaders();
    if (challenged) response.end();
  });
  await new Promise<void>((resolve) => {
    impostor.listen(0, '127.0.0.1', resolve);
  });
  const { port } = impostor.address() as AddressInfo;
  const two = await startTransport(2);
  two.transport.setPeers([{ id: 1, host: '127.0.0.1', port }]);
  await two.witness.until('not believed', () =>
    two.witness.lines.some(({ facts }) => /NoProof/.test(String(facts['reason']))),
  );
  t.strictSame(two.witness.told, []);
  await stopAll([two]);
  impostor.closeAllConnections();
  impostor.close();
});

t.test('an answer is proved for the request that it answers', async (t) => {
  const one = await alone();
  const caller = new Caller(selfOf(2), one.address);
  t.equal((await caller.call('POST', KNOCK_PATH, CALL)).status, 204);
  await t.rejects(caller.call('GET', '/peer/v1/nothing', CALL), { code: 'NotFound' });
  await t.rejects(new Caller(selfOf(9), one.address).call('POST', KNOCK_PATH, CALL), CallFailure);
  caller.close();
  await stopAll([one]);
});

t.test('a cluster is named by its secret and by the members that it began with', async (t) => {
  const key = clusterKey(SECRET);
  const id = clusterIdOf({ voters: [1, 2, 3], observers: [4] }, key);
  t.match(id, /^[0-9a-f]{64}$/);
  t.equal(clusterIdOf({ voters: [3, 1, 2], observers: [4] }, key), id, 'in any order');
  t.not(clusterIdOf({ voters: [1, 2, 3, 4], observers: [] }, key), id);
  t.not(clusterIdOf({ voters: [1, 2], observers: [3, 4] }, key), id);
  t.not(clusterIdOf({ voters: [1, 2, 3], observers: [4] }, other.key), id);
  t.notMatch(JSON.stringify(key.id), SECRET);
  t.strictSame(clusterKey(Buffer.from(SECRET)), key, 'a secret may be bytes');
});

t.test('a configuration is named by members and addresses in any order', async (t) => {
  const peers = [
    { id: 1, host: 'a', port: 1 },
    { id: 2, host: 'b', port: 2 },
  ];
  t.match(configurationOf(peers), /^[0-9a-f]{16}$/);
  t.equal(configurationOf(peers.toReversed()), configurationOf(peers));
  t.not(configurationOf(peers.slice(1)), configurationOf(peers));
});
