/** The settings that make a member one of several. All of them are given, or none. */
import type { MemberId, Members } from '../raftlog/types.ts';
import { type Address, ConfigError, parseAddress, parseInteger } from './config-values.ts';
import type { PeerAddress } from './peers/types.ts';
import { readSecretFile } from './secret-files.ts';
import { readPeerTls, type TlsConfig, type TlsTexts } from './tls-config.ts';

export interface EnsembleConfig {
  /** Those that the ensemble begins with. */
  readonly members: Members;
  /** Where the members serve each other, this one included. */
  readonly peers: readonly PeerAddress[];
  readonly listen: Address;
  /** Never logged. */
  readonly secret: string;
  /** Between members; undefined: streams are plain. */
  readonly tls: TlsConfig | undefined;
}

interface Texts {
  readonly listen: string | undefined;
  readonly voters: readonly string[];
  readonly observers: readonly string[];
  readonly secretFile: string | undefined;
  readonly tls: TlsTexts;
}

const SECRET_CHARACTERS_MIN = 32;

/** Throws `ConfigError`. */
export function readEnsemble(id: MemberId, texts: Texts): EnsembleConfig | undefined {
  const { listen, secretFile } = texts;
  const voters = texts.voters.map((text) => parsePeer('member', text));
  const observers = texts.observers.map((text) => parsePeer('observer', text));
  const peers = [...voters, ...observers];
  if (peers.length === 0 && listen === undefined && secretFile === undefined) {
    readPeerTls(texts.tls, undefined);
    return undefined;
  }
  if (listen === undefined) {
    throw new ConfigError('peer-listen: a member of an ensemble needs it, like 127.0.0.1:7281');
  }
  if (secretFile === undefined) {
    throw new ConfigError('cluster-secret-file: a member of an ensemble needs it');
  }
  if (voters.length === 0) throw new ConfigError('member: name every voting member');
  const twice = peers.find((peer, at) => peers.findIndex((other) => other.id === peer.id) !== at);
  if (twice !== undefined) throw new ConfigError(`member: ${twice.id} is named twice`);
  const own = peers.find((peer) => peer.id === id);
  if (own === undefined) {
    throw new ConfigError(`member: this member, ${id}, is not among those named`);
  }
  return {
    members: { voters: voters.map((peer) => peer.id), observers: observers.map(({ id }) => id) },
    peers,
    listen: parseAddress('peer-listen', listen),
    secret: readSecret(secretFile),
    tls: readPeerTls(texts.tls, own),
  };
}

function parsePeer(name: string, text: string): PeerAddress {
  const [, id, address] = /^(\d+)=(.+)$/.exec(text) ?? [];
  if (id === undefined || address === undefined) {
    throw new ConfigError(`${name}: ${text} is not id=host:port, like 1=127.0.0.1:7281`);
  }
  return { id: parseInteger(name, id, 1, 255), ...parseAddress(name, address) };
}

function readSecret(file: string): string {
  const secret = readSecretFile('cluster-secret-file', file).trim();
  if (secret.length < SECRET_CHARACTERS_MIN) {
    throw new ConfigError(
      `cluster-secret-file: ${file} holds fewer than ${SECRET_CHARACTERS_MIN} characters; make ` +
        'one with: openssl rand -hex 32',
    );
  }
  return secret;
}
