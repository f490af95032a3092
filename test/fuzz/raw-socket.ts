/** Bytes on a TCP connection, and whatever comes back. */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface RawExchange {
  readonly text: string;
  readonly answers: readonly RawAnswer[];
  /** The member has closed the connection. */
  readonly closed: boolean;
}

/** Sends the chunks one after the other, and takes what comes until it is quiet or closed. */
export function exchange(
  port: number,
  chunks: readonly (string | Uint8Array)[],
  quietMs = 60,
): Promise<RawExchange> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    let closed = false;
    let timer: NodeJS.Timeout | undefined;
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, answers: answersIn(text), closed });
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(finish, quietMs);
    };
    socket.setEncoding('latin1').on('data', (data: string) => {
      text += data;
      wait();
    });
    socket.on('error', () => {
      // The member may have had enough before everything was sent.
      closed = true;
    });
    socket.on('close', () => {
      closed = true;
      finish();
    });
    socket.on('connect', () => {
      void sendAll(socket, chunks).then(wait);
    });
  });
}

async function sendAll(socket: Socket, chunks: readonly (string | Uint8Array)[]): Promise<void> {
  for (const chunk of chunks) {
    if (socket.destroyed) return;
    socket.write(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
    if (chunks.length > 1) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The answers in what came: each begins with a status line. */
function answersIn(text: string): RawAnswer[] {
  return text.split(/(?=HTTP\/1\.[01] \d{3} )/).flatMap((part) => {
    const [, status] = /^HTTP\/1\.[01] (\d{3}) /.exec(part) ?? [];
    if (status === undefined) return [];
    const [head = '', body = ''] = part.split('\r\n\r\n', 2);
    const [, contentType = ''] = /^content-type: (.*)$/im.exec(head) ?? [];
    return [{ status: Number(status), contentType, body }];
  });
}
