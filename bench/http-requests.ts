/**
 * HTTP requests as bytes, made once: the same ones for `wrk` and for the client of our own.
 */

/** One HTTP/1.1 request over a connection that is kept. */
export function httpRequest(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string {
  let text = `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  for (const [name, value] of Object.entries(headers)) text += `${name}: ${value}\r\n`;
  if (body !== '') text += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${text}\r\n${body}`;
}

/** The same with a JSON body. */
export function jsonRequest(method: string, target: string, body: object): string {
  return httpRequest(method, target, { 'Content-Type': 'application/json' }, JSON.stringify(body));
}
