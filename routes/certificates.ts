/**
 * Who a client is that shows a certificate: the subject of one that was verified, against the
 * authorities that this member was told to believe (`--tls-client-ca`). Whatever could not be
 * verified, names nobody, or is no name in the one form that ACLs have, makes nobody of a client.
 * What else a certificate says, the names of hosts in it above all, is no identity.
 */
import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { isSubjectName } from '../storage/tree/subject-name.ts';

/** The name of who is at the other end, when it has proved to have one. */
export function subjectOf(socket: Socket): string | undefined {
  // A connection that goes on with a former one's keys is called authorized without a certificate.
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? undefined : subjectName(certificate);
}

/**
 * As RFC 4514 writes it. The runtime gives a line for each part, the most general first, values
 * escaped already, so that no value can look like another part.
 */
export function subjectName({ subject }: Pick<X509Certificate, 'subject'>): string | undefined {
  // Of an empty subject the runtime knows nothing, whatever its type says.
  const parts = ((subject as string | undefined) ?? '').split('\n').reverse();
  const name = parts.map((part) => part.split(' + ').map(withUsualType).join('+')).join(',');
  return isSubjectName(name) ? name : undefined;
}

/** The runtime's names of attributes are those of RFC 4514, but for one that it writes small. */
function withUsualType(attribute: string): string {
  return attribute.startsWith('street=') ? `STREET${attribute.slice('street'.length)}` : attribute;
}
