/**
 * The same instance over a WebSocket: `node examples/config/instance.ts shop`. Reads everything at
 * start and leaves one watch on all of it, which begins where the reading ended; after a lost
 * connection the watch is left again where the events ended.
 */
import { ConnectionLost, type Event, Refused, Session, SessionEnded } from '../connection.ts';

const member = process.env['MEMBER'] ?? 'http://127.0.0.1:7181';
const app = process.argv[2] ?? 'shop';
const base = `/config/${app}`;
/** Nothing of this program hangs on its session, which may be silent for long. */
const TIMEOUT_MS = 30_000;

/** Everything through this zxid has been shown; undefined before the first reading. */
let seen: string | undefined;

function show({ event, path, zxid, data }: Event): void {
  const key = path.slice(base.length + 1);
  if (key !== '') console.log(event === 'nodeDeleted' ? `${key} removed` : `${key}=${data}`);
  seen = zxid;
}

interface Children {
  readonly children: readonly { readonly name: string; readonly data: string }[];
}

/** Shows everything as it is at one point in time, and says which. */
async function readAll(session: Session): Promise<string> {
  try {
    const list = { op: 'children', path: base, include: ['data'] };
    const { result, zxid } = await session.request<Children>(list);
    for (const { name, data } of result.children) console.log(`${name}=${data}`);
    return zxid;
  } catch (error) {
    if (error instanceof Refused && error.code === 'NoNode') return error.zxid;
    throw error;
  }
}

/** Follows until the connection is lost, or the changes that were missed are not kept any more. */
async function follow(session: Session): Promise<void> {
  const over = new Promise<void>((resolve) => {
    session.onLost = resolve;
    session.onProgress = (zxid) => {
      seen = zxid;
    };
    session.onEvent = (event) => {
      if (event.event !== 'resync') {
        show(event);
        return;
      }
      seen = undefined;
      resolve();
    };
  });
  seen ??= await readAll(session);
  const watch = { op: 'addWatch', path: base, mode: 'persistentRecursive', include: ['data'] };
  try {
    await session.request({ ...watch, since: seen });
    await over;
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'HistoryGone') throw error;
    seen = undefined;
  }
}

let session = await Session.open(member, TIMEOUT_MS);
for (;;) {
  try {
    await session.connect();
    await follow(session);
  } catch (error) {
    if (error instanceof SessionEnded) session = await Session.open(member, TIMEOUT_MS);
    else if (!(error instanceof ConnectionLost)) throw error;
  }
}
