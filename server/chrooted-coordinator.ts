/**
 * The member's service for callers with a chroot too: their paths are translated on the way in and
 * on the way out (`chroot.ts`). Whoever has none passes with one look at that.
 */
import type { InspectAnswer, InspectRequest } from '../storage/tree/inspect.ts';
import type { ReadAnswer, ReadRequest } from '../storage/tree/reads.ts';
import type { RequestName, WatchKind, WriteRequest } from '../storage/tree/types.ts';
import {
  inspectInside,
  inspectOutside,
  pathInside,
  readInside,
  readOutside,
  watcherFor,
  watchOutside,
  writeInside,
  writeOutside,
} from './chroot.ts';
import { MemberCoordinator } from './coordinator.ts';
import type {
  Caller,
  Coordinator,
  Subscriber,
  WatchAnswer,
  WatchOptions,
  WriteAnswer,
} from './types.ts';

export class ChrootedCoordinator extends MemberCoordinator {
  override write(
    caller: Caller,
    request: WriteRequest,
    done: (answer: WriteAnswer) => void,
    name?: RequestName,
  ): void {
    const { chroot } = caller;
    if (chroot === undefined) {
      super.write(caller, request, done, name);
      return;
    }
    const inside = writeInside(chroot, request);
    super.write(caller, inside, (answer) => done(writeOutside(chroot, answer)), name);
  }

  override read(caller: Caller, request: ReadRequest): ReadAnswer {
    const { chroot } = caller;
    if (chroot === undefined) return super.read(caller, request);
    return readOutside(chroot, super.read(caller, readInside(chroot, request)));
  }

  override inspect(caller: Caller, request: InspectRequest): InspectAnswer {
    const { chroot } = caller;
    if (chroot === undefined) return super.inspect(caller, request);
    return inspectOutside(chroot, super.inspect(caller, inspectInside(chroot, request)));
  }

  override watch(subscriber: Subscriber, options: WatchOptions): WatchAnswer {
    const { chroot } = subscriber.caller;
    if (chroot === undefined) return super.watch(subscriber, options);
    const inside = { ...options, path: pathInside(chroot, options.path) };
    return watchOutside(chroot, super.watch(watcherFor(subscriber), inside));
  }

  override rewatch(...[subscriber, request, ...rest]: Parameters<Coordinator['rewatch']>): void {
    const { chroot } = subscriber.caller;
    const inside = (path: string) => pathInside(chroot, path);
    const { since, data, child } = request;
    const asked = { since, data: data.map(inside), child: child.map(inside) };
    super.rewatch(watcherFor(subscriber), chroot === undefined ? request : asked, ...rest);
  }

  override unwatch(subscriber: Subscriber, watch: number): readonly number[] {
    return super.unwatch(watcherFor(subscriber), watch);
  }

  override unwatchPath(
    subscriber: Subscriber,
    path: string,
    kind: WatchKind | 'any',
  ): readonly number[] {
    const inside = pathInside(subscriber.caller.chroot, path);
    return super.unwatchPath(watcherFor(subscriber), inside, kind);
  }

  override dropSubscriber(subscriber: Subscriber): void {
    super.dropSubscriber(watcherFor(subscriber));
  }

  override onAclChange(caller: Caller, path: string, listener: () => void): () => void {
    return super.onAclChange(caller, pathInside(caller.chroot, path), listener);
  }
}
