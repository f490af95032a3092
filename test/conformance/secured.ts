/**
 * Who issues the certificates of the cases, and members that have theirs of it. One for all files
 * of cases in a process, so that those who are run against members of roles.ts are known to them.
 */
import { Authority, writePem } from '../harness/certificates.ts';
import { digestId } from './driver.ts';

export const authority = new Authority();

/** Whom clients believe; with a certificate beside it, what they show. */
export const believing = { ca: authority.cert };

const { cert, key } = authority.issue({ subject: [['CN', 'a member']], hosts: ['127.0.0.1'] });
const files = writePem({ cert, key, ca: authority.cert });

/** Flags of a member that speaks TLS, and believes who `authority` says a client is. */
export const SECURED = [
  ...['--tls-cert', files.cert, '--tls-key', files.key, '--tls-client-ca', files.ca],
  ...['--super-digest', digestId('root', 'all mighty'), '--super-x509', 'CN=root'],
];

/** And of one of several, that speaks it to the others, too. */
export const SECURED_PEERS = [
  ...['--peer-tls-cert', files.cert, '--peer-tls-key', files.key, '--peer-tls-ca', files.ca],
];
