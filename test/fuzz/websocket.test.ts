/** WebSocket handshakes, frames and messages that no honest client would send. */
import fc from 'fast-check';
import t from 'tap';
import { type Message, SUBPROTOCOL, WsDriver } from '../conformance/ws-driver.ts';
import { SEED } from '../crash/random.ts';
import { startMember } from '../harness/member.ts';
import { nearly } from './arbitraries.ts';
import { CLIENT_FRAMES, mismatch } from './contract.ts';
import { Oracle, shortened } from './oracle.ts';
import { converse, frame, type Handshake, OPCODE } from './ws-bytes.ts';

t.setTimeout(60_000);

/** Close codes that the document names, and 1002, with which RFC 6455 answers broken frames. */
const CLOSE_CODES = new Set([
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 4400, 4401, 4408, 4409, 4410, 4413, 4429,
]);

const CONNECT = frame('{"id":1,"op":"connect","timeoutMs":5000}');
const ping = (id: number) => frame(`{"id":${id},"op":"ping"}`);

const HANDSHAKES: Readonly<Record<string, Handshake['headers']>> = {
  'without a subprotocol': { 'Sec-WebSocket-Protocol': 'none' },
  'with another subprotocol': { 'Sec-WebSocket-Protocol': 'graphql-ws' },
  'with several subprotocols': { 'Sec-WebSocket-Protocol': `a, b, ${SUBPROTOCOL}` },
  'with an empty subprotocol': { 'Sec-WebSocket-Protocol': '' },
  'with commas for a subprotocol': { 'Sec-WebSocket-Protocol': ',,,' },
  'with 5,000 spaces in it': { 'Sec-WebSocket-Protocol': `a,${' '.repeat(5000)}b` },
  'with compression offered': { 'Sec-WebSocket-Extensions': 'permessage-deflate' },
  'with broken extensions': { 'Sec-WebSocket-Extensions': 'x;;=,"' },
  'of another version': { 'Sec-WebSocket-Version': '8' },
  'with a version that is no number': { 'Sec-WebSocket-Version': 'x' },
  'with a short key': { 'Sec-WebSocket-Key': 'abc' },
  'without a key': { 'Sec-WebSocket-Key': 'none' },
  'of another host': { Host: 'evil.test' },
  'from a page of another origin': { Origin: 'http://evil.test' },
  'from a page without an origin': { Origin: 'null' },
  'with a body': { 'Content-Length': '5' },
};

/** Sent after a connect that is in order. */
const FRAMES: Readonly<Record<string, readonly Buffer[]>> = {
  'a frame without a mask': [frame('{"id":2,"op":"ping"}', { masked: false })],
  'RSV1, as if it were compressed': [frame('x', { reserved: 4 })],
  'RSV2 and RSV3': [frame('x', { reserved: 3 })],
  'opcode 3': [frame('x', { opcode: 3 })],
  'opcode 11': [frame('', { opcode: 11 })],
  'opcode 15': [frame('', { opcode: 15 })],
  'a length of 2^63': [frame('x', { says: 1n << 63n })],
  'a length of 2^40': [frame('x', { says: 1n << 40n })],
  'a length of 2^32': [frame('x', { says: 1n << 32n })],
  'more than the limit, announced': [frame('x', { says: 3_000_000n })],
  'a binary frame': [frame('{"id":2,"op":"ping"}', { opcode: OPCODE.binary })],
  'a ping of 126 bytes': [frame('x'.repeat(126), { opcode: OPCODE.ping })],
  'a fragmented ping': [frame('x', { opcode: OPCODE.ping, fin: false })],
  'a continuation of nothing': [frame('x', { opcode: OPCODE.continuation })],
  'a new message within another': [frame('{"id', { fin: false }), frame('{}')],
  'a ping within a message': [
    frame('{"id":2,', { fin: false }),
    frame('x', { opcode: OPCODE.ping }),
    frame('"op":"ping"}', { opcode: OPCODE.continuation }),
  ],
  '20,000 empty fragments': [
    frame('', { fin: false }),
    ...Array.from({ length: 20_000 }, () => frame('', { fin: false, opcode: OPCODE.continuation })),
    frame('', { opcode: OPCODE.continuation }),
  ],
  'a message in 5,000 fragments': [
    frame(' ', { fin: false }),
    ...Array.from({ length: 5000 }, () => frame(' ', { fin: false, opcode: OPCODE.continuation })),
    frame('{"id":2,"op":"ping"}', { opcode: OPCODE.continuation }),
  ],
  'a flood of pings': Array.from({ length: 5000 }, () => frame('x', { opcode: OPCODE.ping })),
  'a flood of pongs': Array.from({ length: 5000 }, () => frame('x', { opcode: OPCODE.pong })),
  'a flood of empty messages': Array.from({ length: 1000 }, () => frame('')),
  'close with one byte': [frame('x', { opcode: OPCODE.close })],
  'close with code 999': [frame(Buffer.from([3, 231]), { opcode: OPCODE.close })],
  'close with code 1005': [frame(Buffer.from([3, 237]), { opcode: OPCODE.close })],
  'close with code 65535': [frame(Buffer.from([255, 255]), { opcode: OPCODE.close })],
  'close with a reason that is not UTF-8': [
    frame(Buffer.from([3, 232, 0xff, 0xfe]), { opcode: OPCODE.close }),
  ],
  'frames after a close': [frame('', { opcode: OPCODE.close }), ping(2), ping(3)],
  'text that is not UTF-8': [frame(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
  'text with half a character': [frame(Buffer.from([0x22, 0xe2, 0x82]))],
  'a surrogate in UTF-8': [frame(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))],
  'half a frame': [ping(2).subarray(0, 7)],
  'random bytes': [Buffer.from(Array.from({ length: 500 }, (_, n) => (n * 7919) % 256))],
  'an HTTP request': [Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
};

/** Texts that are no request of the protocol, or an odd one. */
const MESSAGES: readonly string[] = [
  '',
  ' ',
  'x',
  'null',
  'true',
  '1',
  '"x"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '[1]',
  '[{}]',
  '[[{"id":2,"op":"ping"}]]',
  '{"id":2}',
  '{"op":"ping"}',
  '{"id":2,"op":"ping"} {"id":3,"op":"ping"}',
  '\ufeff{"id":2,"op":"ping"}',
  '{"id":0,"op":"ping"}',
  '{"id":-1,"op":"ping"}',
  '{"id":1.5,"op":"ping"}',
  '{"id":1e999,"op":"ping"}',
  '{"id":9007199254740993,"op":"ping"}',
  '{"id":"2","op":"ping"}',
  '{"id":null,"op":"ping"}',
  '{"id":[2],"op":"ping"}',
  '{"id":2,"op":null}',
  '{"id":2,"op":1}',
  '{"id":2,"op":""}',
  '{"id":2,"op":"PING"}',
  '{"id":2,"op":"__proto__"}',
  '{"id":2,"op":"constructor"}',
  '{"id":2,"op":"toString"}',
  '{"id":2,"op":"hasOwnProperty"}',
  '{"id":2,"op":"reap","path":"/x"}',
  '{"id":2,"op":"openSession"}',
  '{"id":2,"op":"check","path":"/x"}',
  '{"id":2,"op":"connect"}',
  '{"id":2,"op":"ping","extra":1}',
  '{"id":2,"op":"ping","__proto__":{"x":1}}',
  '{"id":2,"op":"get","path":"/","constructor":1}',
  '{"id":2,"id":3,"op":"ping"}',
  '{"id":2,"op":"ping","op":"get"}',
  '{"id":2,"op":"get"}',
  '{"id":2,"op":"get","path":null}',
  '{"id":2,"op":"get","path":["/"]}',
  '{"id":2,"op":"get","path":{"toString":1}}',
  '{"id":2,"op":"get","path":"/","watch":"true"}',
  '{"id":2,"op":"set","path":"/x","data":null}',
  '{"id":2,"op":"set","path":"/x","data":"\\ud800"}',
  '{"id":2,"op":"create","path":"/x","data":"***","encoding":"base64"}',
  '{"id":2,"op":"create","path":"/x","data":"YQ","encoding":"base64"}',
  '{"id":2,"op":"create","path":"/x","encoding":"utf16"}',
  '{"id":2,"op":"transaction"}',
  '{"id":2,"op":"transaction","ops":{}}',
  '{"id":2,"op":"transaction","ops":[null]}',
  '{"id":2,"op":"transaction","ops":[{"op":"transaction","ops":[]}]}',
  '{"id":2,"op":"read","ops":[{"op":"get","path":"/","watch":true}]}',
  '{"id":2,"op":"removeWatch"}',
  '{"id":2,"op":"removeWatch","watch":1,"path":"/","kind":"any"}',
  '{"id":2,"op":"removeWatch","path":"/"}',
  '{"id":2,"op":"addWatch","path":"/","mode":"data"}',
  '{"id":2,"op":"addWatch","path":"/","mode":"persistent","since":"x"}',
  `{"id":2,"op":"ping","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  '['.repeat(100_000),
  `[${'{"id":2,"op":"ping"},'.repeat(2000)}{"id":3,"op":"ping"}]`,
  `{"id":2,"op":"get","path":"/${'x'.repeat(500_000)}"}`,
  `{"id":2,"op":"${'x'.repeat(100_000)}"}`,
];

/** What is wrong with something that a member sent over a WebSocket. */
function wrongWith(oracle: Oracle, text: string): string | undefined {
  const leaked = text.includes('"error"') ? oracle.leak(text) : undefined;
  if (leaked !== undefined) return `shows ${leaked}`;
  let parsed: Message | Message[];
  try {
    parsed = JSON.parse(text) as Message | Message[];
  } catch {
    return `no JSON: ${text}`;
  }
  for (const message of Array.isArray(parsed) ? parsed : [parsed]) {
    const wrong = mismatch(schemaNameOf(message), message);
    if (wrong !== undefined) return `${wrong}: ${text}`;
    if ((message.error?.code as string | undefined) === 'OutcomeUnknown') return text;
  }
  return undefined;
}

function schemaNameOf({ id, event, progress }: Message): string {
  if (id !== undefined) return 'AnswerFrame';
  if (progress !== undefined) return 'ProgressFrame';
  if (event === 'session') return 'SessionNoticeFrame';
  return event === 'resync' ? 'ResyncFrame' : 'EventFrame';
}

function counterOf(zxid: string): number {
  return Number.parseInt(zxid.slice(8), 16);
}

await t.test(`WebSocket (seed ${SEED})`, async (t) => {
  const member = await startMember({ args: ['--limit', 'sessionTimeoutMinMs=60000'] });
  t.teardown(() => member.stop());
  const oracle = new Oracle(t, member);
  await oracle.http.send({ method: 'PUT', target: '/v1/znodes/fuzz' });

  const tryFrames = async (what: string, frames: readonly Buffer[], handshake?: Handshake) => {
    const conversation = await converse(member.port, frames, handshake);
    const { texts, closeCode, status } = conversation;
    let wrong: string | undefined;
    if (status === 101) for (const text of texts) wrong ??= wrongWith(oracle, text);
    else wrong = oracle.faults(status, '', '');
    if (closeCode !== undefined && !CLOSE_CODES.has(closeCode))
      wrong ??= `closed with ${closeCode}`;
    oracle.judge(what, wrong);
    await oracle.state();
    return conversation;
  };

  await t.test('handshakes', async (t) => {
    for (const [what, headers = {}] of Object.entries(HANDSHAKES)) {
      const { status, head, closeCode, closed } = await tryFrames(what, [CONNECT], { headers });
      // Without a good key it is an ordinary request, after which the connection is kept.
      const handshake = headers['Sec-WebSocket-Key'] === undefined;
      if (status !== 101 && handshake) t.ok(closed, `${what}: refused, and the connection ended`);
      t.pass(`${what}: ${status} ${closeCode ?? ''}`);
      t.notMatch(head, /permessage-deflate/i, `${what}: nothing is compressed`);
    }
    const foreign = await tryFrames('origin', [CONNECT], {
      headers: { Origin: 'http://evil.test' },
    });
    t.equal(foreign.status, 403, 'pages of other origins do not get in');
    const rebound = await tryFrames('host', [CONNECT], { headers: { Host: 'evil.test' } });
    t.equal(rebound.status, 421, 'nor do those of other hosts');
    const token = await tryFrames('query', [CONNECT], { target: '/v1/ws?token=x' });
    t.not(token.status, 101, 'nothing travels in the URL');
  });

  await t.test('frames', async (t) => {
    for (const [what, frames] of Object.entries(FRAMES)) {
      const { status, closeCode, texts } = await tryFrames(what, [CONNECT, ...frames]);
      t.equal(status, 101);
      t.pass(`${what}: ${closeCode ?? 'open'} after ${texts.length}`);
    }
    for (const [what, frames] of Object.entries(FRAMES)) await tryFrames(`${what}, first`, frames);
    const expected: [string, number][] = [
      ['a binary frame', 1003],
      ['text that is not UTF-8', 1007],
      ['more than the limit, announced', 1009],
      ['a frame without a mask', 1002],
      ['RSV1, as if it were compressed', 1002],
    ];
    for (const [what, code] of expected) {
      const { closeCode } = await tryFrames(what, [CONNECT, ...(FRAMES[what] ?? [])]);
      t.equal(closeCode, code, what);
    }
  });

  await t.test('messages', async (t) => {
    const tryMessage = async (text: string) => {
      const { closeCode, texts } = await tryFrames(text, [CONNECT, frame(text)]);
      t.pass(`${shortened(text, 60)}: ${closeCode ?? shortened(texts.at(-1) ?? 'nothing', 120)}`);
      const first = await tryFrames(`${text}, first`, [frame(text)]);
      const nothing = first.closeCode !== undefined || first.texts.length === 0;
      t.ok(nothing || text.includes('"connect"'), 'nothing before connect');
    };
    // Some at a time: most of the time goes into waiting for what may still come.
    for (let at = 0; at < MESSAGES.length; at += 10) {
      await Promise.all(MESSAGES.slice(at, at + 10).map(tryMessage));
    }
  });

  await t.test('random requests of every kind', async () => {
    let client = await WsDriver.connect(member.wsUrl, { timeoutMs: 60_000 });
    for (const [name, schema] of Object.entries(CLIENT_FRAMES)) {
      const requests = fc.sample(nearly(schema), { numRuns: 80, seed: SEED });
      for (const [number, request] of requests.entries()) {
        if (typeof request !== 'object' || request === null || Array.isArray(request)) continue;
        const input = `${name} ${JSON.stringify(request)}`;
        const before = await oracle.state();
        const from = client.arrived.length;
        const { op: _given, id: _ignored, ...rest } = request as Record<string, unknown>;
        const sent = { op: String(schema.properties?.['op']?.enum?.[0]), ...rest };
        // Alone, or behind a write that is under way and takes one zxid.
        const behind = number % 2 === 1;
        const answers = await client
          .pipeline(behind ? [{ op: 'set', path: '/fuzz', data: 'x' }, sent] : [sent])
          .catch((error: Error) => error);
        if (answers instanceof Error) {
          const { code } = await client.closed;
          oracle.judge(input, CLOSE_CODES.has(code) ? undefined : `closed with ${code}`);
          client = await WsDriver.connect(member.wsUrl, { timeoutMs: 60_000 });
          continue;
        }
        let wrong: string | undefined;
        for (const message of client.arrived.slice(from)) {
          wrong ??= wrongWith(oracle, JSON.stringify(message));
        }
        const after = await oracle.state();
        const taken = counterOf(after.zxid) - counterOf(before.zxid);
        const refused = answers.at(-1)?.error !== undefined;
        if (refused && taken !== (behind ? 1 : 0)) wrong ??= `refused, and ${taken} zxids taken`;
        oracle.judge(input, wrong);
      }
    }
    client.disconnect();
  });

  await oracle.unharmed();
});
