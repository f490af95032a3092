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
  const since = frame.since === undefined ? undefined : sinceOf(frame.since, path);
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
  talk.progress.watching(answer.watch, since !== undefined);
  done(talk, request, `{"watch":${answer.watch}}`);
}

/** This member has come to it already: that was waited for (`whenFresh`). */
function sinceOf(text: string, path?: string): Zxid {
  const since = parseZxid(text);
  if (since === undefined) throw badArguments('since is a zxid', path);
  return since;
}

/** Leaves the one-shot watches of a lost connection again; what they missed follows the answer. */
export function setWatches(
  talk: Conversation,
  request: Request,
  frame: FrameOf<'setWatches'>,
): void {
  const { coordinator, subscriber, turns } = talk;
  const { data = [], child = [] } = frame;
  const { watchesPerConnection: value } = coordinator.limits;
  for (const path of [...data, ...child]) checkPath(path, coordinator.limits);
  if (data.length + child.length > value) {
    refused(talk, request, {
      code: 'LimitExceeded',
      limit: { name: 'watchesPerConnection', value },
    });
    return;
  }
  turns.started();
  turns.hold();
  const since = sinceOf(frame.since);
  const isWanted = () => !talk.isClosed;
  coordinator.rewatch(subscriber, { since, data, child }, isWanted, (answer) => {
    if (answer.ok) {
      for (const watch of [...answer.data, ...answer.child]) talk.progress.watching(watch, false);
      const { zxid, data, child } = answer;
      talk.answer(request, zxid, JSON.stringify({ data, child }));
    } else refused(talk, request, answer.refusal);
    turns.release();
    // After this turn: the events that were missed come before any answer.
    queueMicrotask(() => turns.finished());
  });
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
  for (const each of removed) talk.progress.settled(each);
  done(talk, request, EMPTY);
}
