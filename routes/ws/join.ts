/**
 * What `connect` comes to: a new session, the one whose token is shown, or, at a member without a
 * leader, no session at all (`session.ts`).
 */
import { parseZxid, ZXID_NONE, type Zxid } from '../../raftlog/zxid.ts';
import type { Coordinator, SessionProof } from '../../server/types.ts';
import { whenKnown } from '../../server/young-sessions.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import type { SessionId } from '../../storage/tree/types.ts';
import type { FrameOf } from '../validators.ts';

export type ConnectFrame = FrameOf<'connect'>;

export interface Joined {
  /** '' = none: the member has no leader, and the client allows that. */
  readonly session: SessionId | '';
  readonly token: string;
  readonly timeoutMs: number;
  /** As in `SessionInfo`; undefined: there is no session. */
  readonly expiresInMs: number | undefined;
  readonly resumed: boolean;
  readonly zxid: Zxid;
  /** As in `SessionInfo`. */
  readonly lastId: number;
}

export type JoinAnswer =
  | { readonly ok: true; readonly joined: Joined }
  | { readonly ok: false; readonly refusal: Refusal };

/** At once: perhaps another member has a leader. */
const NO_LEADER: Refusal = {
  code: 'NotReady',
  detail: 'the member has had no leader for too long, and connect does not allow readOnly',
  retryAfter: 1,
};

const DEFAULT_TIMEOUT_MS = 30_000;
/** How long a client with a `lastZxid` waits for this member to get there, ms. */
const CATCH_UP_MS = 5000;

/**
 * A client is never shown a state older than what it has seen elsewhere: that is waited for first.
 */
export function join(
  coordinator: Coordinator,
  frame: ConnectFrame,
  done: (answer: JoinAnswer) => void,
): void {
  const seen = parseZxid(frame.lastZxid ?? '') ?? ZXID_NONE;
  coordinator.waitForZxid(seen, CATCH_UP_MS, (refused) => {
    const readOnly = coordinator.readOnly() !== undefined;
    if (refused !== undefined) done(refused);
    else if (readOnly && frame.readOnly !== true) done({ ok: false, refusal: NO_LEADER });
    else if (frame.session !== undefined) resume(coordinator, frame.session, done);
    else if (readOnly) done(withoutSession(coordinator, frame));
    else openSession(coordinator, frame, done);
  });
}

function openSession(
  coordinator: Coordinator,
  frame: ConnectFrame,
  done: (answer: JoinAnswer) => void,
): void {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, readOnly } = frame;
  coordinator.openSession(timeoutMs, (answer) => {
    if (!answer.ok) {
      // It may have waited for a leader until it was clear that there is none.
      const settles = readOnly === true && coordinator.readOnly() !== undefined;
      done(settles ? withoutSession(coordinator, frame) : answer);
      return;
    }
    const { session, token, timeoutMs: granted, expiresInMs, zxid } = answer;
    const opened = { session, token, timeoutMs: granted, expiresInMs };
    done({ ok: true, joined: { ...opened, resumed: false, zxid, lastId: 0 } });
  });
}

function withoutSession(
  coordinator: Coordinator,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: ConnectFrame,
): JoinAnswer {
  const { sessionTimeoutMinMs: min, sessionTimeoutMaxMs: max } = coordinator.limits;
  const granted = Math.min(Math.max(timeoutMs, min), max);
  const zxid = coordinator.zxid();
  const none = { session: '', token: '', expiresInMs: undefined, lastId: 0 } as const;
  return { ok: true, joined: { ...none, timeoutMs: granted, resumed: false, zxid } };
}

function resume(coordinator: Coordinator, token: string, done: (answer: JoinAnswer) => void): void {
  const proof = coordinator.authenticate(token);
  if (proof.ok || proof.young !== true) done(resumed(coordinator, token, proof));
  else {
    whenKnown(coordinator, (refused) =>
      done(refused ?? resumed(coordinator, token, coordinator.authenticate(token, true, true))),
    );
  }
}

function resumed(coordinator: Coordinator, token: string, proof: SessionProof): JoinAnswer {
  if (!proof.ok) return proof;
  const info = coordinator.sessionInfo(proof.session);
  if (info === undefined) return { ok: false, refusal: { code: 'SessionExpired' } };
  const { session, timeoutMs, expiresInMs, lastId } = info;
  const zxid = coordinator.zxid();
  const shown = { session, token, timeoutMs, expiresInMs };
  return { ok: true, joined: { ...shown, resumed: true, zxid, lastId } };
}
