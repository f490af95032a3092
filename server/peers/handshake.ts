/**
 * How members know each other: what a request says about its sender, and the proofs that it and
 * its answer carry. The cluster secret itself never leaves a member; a proof is an HMAC over
 * everything that was said, with a nonce of either side, so that an old one proves nothing.
 */
import { createHash, createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { MemberId, Members } from '../../raftlog/types.ts';
import { FORMAT_VERSION } from '../../storage/format.ts';
import { FRAME_FORMAT } from './frames.ts';
import type { Cluster, ClusterKey, PeerAddress } from './types.ts';

export const CLUSTER_SECRET_BYTES_MIN = 32;

/** The key of an ensemble. Throws a RangeError when the secret is too short to be one. */
export function clusterKey(secret: string | Uint8Array): ClusterKey {
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret;
  if (bytes.byteLength < CLUSTER_SECRET_BYTES_MIN) {
    throw new RangeError(`a cluster secret has at least ${CLUSTER_SECRET_BYTES_MIN} bytes`);
  }
  const key = new Uint8Array(hkdfSync('sha256', bytes, '', 'paddock peer proofs', 32));
  const id = createHash('sha256').update('paddock key id').update(key).digest('hex').slice(0, 16);
  return { id, bytes: key };
}

/**
 * The ensemble's identity: the secret, and the members that it began with, which never change. Who
 * was told of another beginning would count other quorums, and must not be talked to. Addresses are
 * not in it: they may change one member at a time.
 */
export function clusterIdOf(founders: Members, key: ClusterKey): string {
  const inOrder = (ids: readonly MemberId[]) => [...ids].sort((a, b) => a - b);
  const { voters, observers } = founders;
  return hash('sha256', JSON.stringify(['cluster', inOrder(voters), inOrder(observers), key.id]));
}

/** Names the members and their addresses as a member knows them now: 16 hex digits. */
export function configurationOf(peers: readonly PeerAddress[]): string {
  const rows = [...peers].sort((a, b) => a.id - b.id).map(({ id, host, port }) => [id, host, port]);
  return hash('sha256', JSON.stringify(rows)).slice(0, 16);
}

export function newIncarnation(): string {
  return randomBytes(8).toString('hex');
}

export function newNonce(): string {
  return randomBytes(16).toString('hex');
}

/**
 * The version of handshake and frames together, and that of the entries which they carry: a member
 * that could not read those must not follow.
 */
export const PEER_VERSION = `${FRAME_FORMAT}.${FORMAT_VERSION}`;

/** What a request says about its sender, all of it covered by its proof. */
export interface Handshake {
  readonly cluster: string;
  readonly key: string;
  readonly from: MemberId;
  readonly to: MemberId;
  /** Of the sender's process: random, made when it started. */
  readonly incarnation: string;
  readonly configuration: string;
  /** The id that the ensemble was given, as far as the sender knows one. */
  readonly ensemble: string | undefined;
  /** The sender's nonce, a new one for each request. */
  readonly nonce: string;
  /** The receiver's nonce. */
  readonly challenge: string;
}

/** What the answer says about the receiver, covered by the proof of the answer. */
export interface Introduction {
  readonly incarnation: string;
  readonly configuration: string;
  readonly ensemble: string | undefined;
}

export const CHALLENGE_HEADER = 'paddock-challenge';
export const PROOF_HEADER = 'paddock-proof';
const VERSION_HEADER = 'paddock-peer';
const INCARNATION_HEADER = 'paddock-incarnation';
const CONFIGURATION_HEADER = 'paddock-configuration';
const ENSEMBLE_HEADER = 'paddock-ensemble';
/** In the place of an id: the ensemble has none yet, as far as the member knows. */
const NO_ENSEMBLE = 'none';

export function requestHeaders(
  { key }: Cluster,
  method: string,
  path: string,
  handshake: Handshake,
): Record<string, string> {
  return {
    [VERSION_HEADER]: PEER_VERSION,
    'paddock-cluster': handshake.cluster,
    'paddock-key': handshake.key,
    'paddock-from': String(handshake.from),
    'paddock-to': String(handshake.to),
    [INCARNATION_HEADER]: handshake.incarnation,
    [CONFIGURATION_HEADER]: handshake.configuration,
    [ENSEMBLE_HEADER]: handshake.ensemble ?? NO_ENSEMBLE,
    'paddock-nonce': handshake.nonce,
    [CHALLENGE_HEADER]: handshake.challenge,
    [PROOF_HEADER]: requestProof(key, method, path, handshake),
  };
}

export function requestProof(
  key: ClusterKey,
  method: string,
  path: string,
  { cluster, from, to, incarnation, configuration, ensemble, nonce, challenge }: Handshake,
): string {
  return prove(key, [
    ...['request', PEER_VERSION, method, path, cluster, String(from), String(to)],
    ...[incarnation, configuration, ensemble ?? NO_ENSEMBLE, nonce, challenge],
  ]);
}

export function answerHeaders(
  key: ClusterKey,
  proofOfRequest: string,
  status: number,
  introduction: Introduction,
  body: Uint8Array,
): Record<string, string> {
  return {
    [INCARNATION_HEADER]: introduction.incarnation,
    [CONFIGURATION_HEADER]: introduction.configuration,
    [ENSEMBLE_HEADER]: introduction.ensemble ?? NO_ENSEMBLE,
    [PROOF_HEADER]: answerProof(key, proofOfRequest, status, introduction, body),
  };
}

/** The request's proof stands for everything in the request. */
function answerProof(
  key: ClusterKey,
  proofOfRequest: string,
  status: number,
  { incarnation, configuration, ensemble }: Introduction,
  body: Uint8Array,
): string {
  return prove(key, [
    ...['answer', proofOfRequest, String(status), incarnation, configuration],
    ...[ensemble ?? NO_ENSEMBLE, hash('sha256', body)],
  ]);
}

/** Who answered, when the answer proves that it knows the secret; undefined when it does not. */
export function provenAnswer(
  key: ClusterKey,
  proofOfRequest: string,
  status: number,
  headers: IncomingHttpHeaders,
  body: Uint8Array,
): Introduction | undefined {
  const incarnation = field(headers, INCARNATION_HEADER, HEX_16);
  const configuration = field(headers, CONFIGURATION_HEADER, HEX_16);
  const named = field(headers, ENSEMBLE_HEADER, ENSEMBLE);
  const proof = field(headers, PROOF_HEADER, HEX_64);
  if (incarnation === undefined || configuration === undefined) return undefined;
  if (named === undefined || proof === undefined) return undefined;
  const introduction = { incarnation, configuration, ensemble: ensembleOf(named) };
  const wanted = answerProof(key, proofOfRequest, status, introduction, body);
  return isSame(proof, wanted) ? introduction : undefined;
}

const HEX_16 = /^[0-9a-f]{16}$/;
const HEX_32 = /^[0-9a-f]{32}$/;
const HEX_64 = /^[0-9a-f]{64}$/;
const ENSEMBLE = /^(?:none|[0-9a-f]{32})$/;
const MEMBER = /^[1-9][0-9]{0,2}$/;
export const CHALLENGE = /^[0-9a-z]{1,12}\.[0-9a-f]{32}\.[0-9a-f]{64}$/;

/** Whether a value is the id of an ensemble: 32 hex digits. */
export function isEnsembleId(value: unknown): value is string {
  return typeof value === 'string' && HEX_32.test(value);
}

function ensembleOf(named: string): string | undefined {
  return named === NO_ENSEMBLE ? undefined : named;
}

/** A header that is there once and has the form; undefined otherwise. */
function field(headers: IncomingHttpHeaders, name: string, form: RegExp): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function memberField(headers: IncomingHttpHeaders, name: string): MemberId | undefined {
  const text = field(headers, name, MEMBER);
  return text === undefined || Number(text) > 255 ? undefined : Number(text);
}

export function sameVersion(headers: IncomingHttpHeaders): boolean {
  return headers[VERSION_HEADER] === PEER_VERSION;
}

/** Handshake and proof, not judged yet; undefined when a part is missing or has a wrong form. */
export function readHandshake(
  headers: IncomingHttpHeaders,
): { readonly handshake: Handshake; readonly proof: string } | undefined {
  const cluster = field(headers, 'paddock-cluster', HEX_64);
  const key = field(headers, 'paddock-key', HEX_16);
  const from = memberField(headers, 'paddock-from');
  const to = memberField(headers, 'paddock-to');
  const incarnation = field(headers, INCARNATION_HEADER, HEX_16);
  const configuration = field(headers, CONFIGURATION_HEADER, HEX_16);
  const named = field(headers, ENSEMBLE_HEADER, ENSEMBLE);
  const nonce = field(headers, 'paddock-nonce', HEX_32);
  const challenge = field(headers, CHALLENGE_HEADER, CHALLENGE);
  const proof = field(headers, PROOF_HEADER, HEX_64);
  const whole =
    cluster !== undefined &&
    key !== undefined &&
    from !== undefined &&
    to !== undefined &&
    incarnation !== undefined &&
    configuration !== undefined &&
    named !== undefined &&
    nonce !== undefined &&
    challenge !== undefined &&
    proof !== undefined;
  if (!whole) return undefined;
  const who = { cluster, key, from, to, incarnation, configuration, ensemble: ensembleOf(named) };
  return { handshake: { ...who, nonce, challenge }, proof };
}

/** As JSON, so that no two lists of parts are the same text. */
function prove(key: ClusterKey, parts: readonly string[]): string {
  return createHmac('sha256', key.bytes).update(JSON.stringify(parts)).digest('hex');
}

/** Compares in a time that does not depend on where the two differ. Both are hex digits. */
export function isSame(given: string, wanted: string): boolean {
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}
