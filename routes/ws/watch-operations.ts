/** Watches that are left and removed by an operation of their own. */
import { parseZxid, type Zxid } from '../../raftlog/zxid.ts';
import type { WatchKind } from '../../storage/tree/types.ts';
import { badArguments } from '../errors.ts';
import { checkPath } from '../paths.ts';
import type { FrameOf } from '../validators.ts';
import { type Conversation, done, EMPTY, refused } from './conversation.ts';
import type { Request } from './requests.ts';

export function addWatch(talk: Conversation, request: Request, frame: FrameOf<'addWatch'>): void {
  const { coordinator, subscriber } = talk;
  const { path, mode, include = [] } = frame;
  checkPath(path, coordinator.limits);
  const since = sinceOf(talk, frame);
  const answer = coordinator.watch(subscriber, {
    kind: mode,
    path,
    includeStat: include.includes('stat'),
    includeData: include.includes('data'),
    ...(since === undefined ? undefined : { since }),
  });
  if (!answer.ok) {
    refused(talk, request, answer.refusal);
    return;
  }
  talk.watching(answer.watch, since !== undefined);
  done(talk, request, `{"watch":${answer.watch}}`);
}

/** Events after a zxid that has not happened yet could not be told from those before it. */
function sinceOf(talk: Conversation, frame: FrameOf<'addWatch'>): Zxid | undefined {
  if (frame.since === undefined) return undefined;
  const since = parseZxid(frame.since);
  if (since === undefined || since > talk.coordinator.zxid()) {
    throw badArguments('since is a zxid that this member has not come to', frame.path);
  }
  return since;
}

export function removeWatch(
  talk: Conversation,
  request: Request,
  frame: FrameOf<'removeWatch'>,
): void {
  const { coordinator, subscriber } = talk;
  const { watch, path, kind } = frame;
  if ((watch === undefined) === (path === undefined)) {
    throw badArguments('either watch, or path with kind, says what to remove');
  }
  const removed =
    watch === undefined
      ? coordinator.unwatchPath(subscriber, path ?? '', (kind ?? 'any') as WatchKind | 'any')
      : coordinator.unwatch(subscriber, watch);
  if (removed.length === 0) {
    refused(talk, request, { code: 'NoWatch', ...(path === undefined ? undefined : { path }) });
    return;
  }
  talk.watchesRemoved(removed);
  done(talk, request, EMPTY);
}
