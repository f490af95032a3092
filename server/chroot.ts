/**
 * A caller that has a chroot sees the subtree of a znode as if it were the whole tree. Its paths
 * are translated here on their way in and on their way out: nothing else knows of it. What lies
 * outside cannot be named, and where an answer would name it (a missing parent, somebody else's
 * quota) it does not.
 *
 * A path that is no path is handed on as it is: in front of one that does not begin with a slash
 * the chroot would make another znode's name of it.
 */
import type { Refusal } from '../storage/tree/errors.ts';
import type { InspectAnswer, InspectRequest } from '../storage/tree/inspect.ts';
import type { ReadAnswer, ReadRequest } from '../storage/tree/reads.ts';
import type { TransactionOp, WriteRequest, ZnodePath } from '../storage/tree/types.ts';
import type { Delivery, Subscriber, WatchAnswer, WriteAnswer } from './types.ts';

/** The path in the whole tree. */
export function pathInside(chroot: ZnodePath | undefined, path: string): string {
  if (chroot === undefined || !path.startsWith('/')) return path;
  return path === '/' ? chroot : chroot + path;
}

/** The path as the caller sees it; undefined when it lies outside. */
export function pathOutside(chroot: ZnodePath, path: ZnodePath): ZnodePath | undefined {
  if (path === chroot) return '/';
  return path.startsWith(`${chroot}/`) ? path.slice(chroot.length) : undefined;
}

// ------------------------------------------------------------------------------------ requests

export function writeInside(chroot: ZnodePath, request: WriteRequest): WriteRequest {
  switch (request.op) {
    case 'transaction':
      return { ...request, ops: request.ops.map((op) => opInside(chroot, op)) };
    case 'create':
      return opInside(chroot, request);
    case 'setQuota':
      // As the whole tree has none, so a caller sets none on what is the whole tree to it.
      if (request.path === '/') return request;
      return { ...request, path: pathInside(chroot, request.path) };
    case 'set':
    case 'delete':
    case 'setAcl':
      return { ...request, path: pathInside(chroot, request.path) };
    default:
      return request;
  }
}

function opInside<Op extends TransactionOp>(chroot: ZnodePath, op: Op): Op {
  const { path } = op;
  // The prefix of a sequential create: `/` is the one of a child without a name of its own.
  const isPrefix = path === '/' && op.op === 'create' && op.mode.includes('sequential');
  return { ...op, path: isPrefix ? `${chroot}/` : pathInside(chroot, path) };
}

export function readInside(chroot: ZnodePath, request: ReadRequest): ReadRequest {
  return { ...request, path: pathInside(chroot, request.path) };
}

export function inspectInside(chroot: ZnodePath, request: InspectRequest): InspectRequest {
  if (request.op !== 'ephemerals') return { ...request, path: pathInside(chroot, request.path) };
  const { prefix, after } = request;
  return {
    ...request,
    prefix: prefix === '' ? `${chroot}/` : prefix.startsWith('/') ? chroot + prefix : prefix,
    ...(after === undefined ? undefined : { after: pathInside(chroot, after) }),
  };
}

// ------------------------------------------------------------------------------------ answers

export function writeOutside(chroot: ZnodePath, answer: WriteAnswer): WriteAnswer {
  if (!answer.ok) return { ...answer, refusal: refusalOutside(chroot, answer.refusal) };
  const results = answer.results.map((result) => {
    const { path, ...rest } = result;
    const shown = path === undefined ? undefined : pathOutside(chroot, path);
    return shown === undefined ? rest : { ...rest, path: shown };
  });
  return { ...answer, results };
}

export function readOutside(chroot: ZnodePath, answer: ReadAnswer): ReadAnswer {
  if (!answer.ok) return { ok: false, refusal: refusalOutside(chroot, answer.refusal) };
  switch (answer.op) {
    case 'get': {
      const { znode } = answer;
      return { ...answer, znode: znode.shownAs({ path: seen(chroot, znode.path) }) };
    }
    case 'exists':
      return answer;
    case 'children':
      return { ...answer, page: { ...answer.page, path: seen(chroot, answer.page.path) } };
    case 'getAcl':
      return { ...answer, path: seen(chroot, answer.path) };
  }
}

export function inspectOutside(chroot: ZnodePath, answer: InspectAnswer): InspectAnswer {
  if (!answer.ok) return { ok: false, refusal: refusalOutside(chroot, answer.refusal) };
  switch (answer.op) {
    case 'getQuota':
      return { ...answer, quota: { ...answer.quota, path: seen(chroot, answer.quota.path) } };
    case 'descendants': {
      const { descendants } = answer;
      const path = seen(chroot, descendants.path);
      return { ...answer, descendants: { ...descendants, path } };
    }
    case 'ephemerals': {
      const paths = answer.paths.map((path) => seen(chroot, path));
      const next = answer.next === undefined ? undefined : seen(chroot, answer.next);
      return { ...answer, paths, next };
    }
  }
}

export function watchOutside(chroot: ZnodePath, answer: WatchAnswer): WatchAnswer {
  if (answer.ok) return answer;
  return { ok: false, refusal: refusalOutside(chroot, answer.refusal) };
}

/** Of what was asked for inside. */
function seen(chroot: ZnodePath, path: ZnodePath): ZnodePath {
  return pathOutside(chroot, path) ?? '/';
}

function refusalOutside(chroot: ZnodePath, refusal: Refusal): Refusal {
  const { path, quota, limit, ...rest } = refusal;
  const shownPath = path === undefined ? undefined : pathOutside(chroot, path);
  const shownQuota = quota === undefined ? undefined : pathOutside(chroot, quota);
  // How much there is to somebody else's quota is nobody's business.
  const shownLimit = quota !== undefined && shownQuota === undefined ? undefined : limit;
  return {
    ...rest,
    ...(shownPath === undefined ? undefined : { path: shownPath }),
    ...(shownQuota === undefined ? undefined : { quota: shownQuota }),
    ...(shownLimit === undefined ? undefined : { limit: shownLimit }),
  };
}

// ------------------------------------------------------------------------------------ events

const insiders = new WeakMap<Subscriber, Subscriber>();

/**
 * Who watches on behalf of the subscriber: itself, or where it has a chroot somebody, always the
 * same, who hands on to it what is to be seen from there.
 */
export function watcherFor(subscriber: Subscriber): Subscriber {
  const { chroot } = subscriber.caller;
  if (chroot === undefined) return subscriber;
  let insider = insiders.get(subscriber);
  if (insider === undefined) {
    insider = insiderOf(subscriber, chroot);
    insiders.set(subscriber, insider);
  }
  return insider;
}

/** The subscriber in everything but what it is delivered. */
function insiderOf(subscriber: Subscriber, chroot: ZnodePath): Subscriber {
  const deliver: Subscriber['deliver'] = (deliveries, zxid) => {
    subscriber.deliver(
      deliveries.map((delivery) => deliveryOutside(chroot, delivery)),
      zxid,
    );
  };
  return new Proxy(subscriber, {
    get: (target, name) => {
      if (name === 'deliver') return deliver;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function deliveryOutside(chroot: ZnodePath, delivery: Delivery): Delivery {
  const { event } = delivery;
  return { ...delivery, event: { ...event, path: seen(chroot, event.path) } };
}
