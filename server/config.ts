/**
 * What a member is told at start: flags over `PADDOCK_*` variables over a file over defaults, all
 * checked before anything is opened. A mistake is a `ConfigError` whose message says what to
 * change.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DIGEST_FORM, isDigestId } from '../storage/tree/acl-schemes.ts';
import { ConfigError, parseAddress, parseInteger } from './config-values.ts';
import { type EnsembleConfig, readEnsemble } from './ensemble-config.ts';
import { checkLimits } from './limit-rules.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { type ClientTlsConfig, exposures, parseSubject, readClientTls } from './tls-config.ts';

export { ConfigError } from './config-values.ts';

export interface Config {
  readonly id: number;
  readonly listen: { readonly host: string; readonly port: number };
  readonly dataDir: string;
  /** The ensemble that this member belongs to; undefined when it is alone. */
  readonly ensemble: EnsembleConfig | undefined;
  /**
   * Host names (without port) that requests may name, besides the loopback ones and the address
   * listened on.
   */
  readonly allowedHosts: readonly string[];
  /** Origins of browser pages that may use the member, besides its own. */
  readonly allowedOrigins: readonly string[];
  /** Of HTTPS and secure WebSockets; undefined: they are plain. */
  readonly tls: ClientTlsConfig | undefined;
  /** The digest id whose password passes every check of ACLs; undefined: nobody's does. */
  readonly superId: string | undefined;
  /** The subject whose certificate does. */
  readonly superSubject: string | undefined;
  /** What is missing on addresses that other machines reach, in spite of which they are served. */
  readonly exposures: readonly string[];
  readonly limits: Limits;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every setting once: flag `--name`, variable `PADDOCK_NAME`, key `name` of the file. */
export const SETTINGS = {
  listen: { type: 'string', help: 'host:port to serve on (default 127.0.0.1:7181)' },
  'data-dir': { type: 'string', help: 'directory of the durable state (default ./data)' },
  id: { type: 'string', help: 'number of this member, 1..255 (default 1)' },
  'peer-listen': { type: 'string', help: 'host:port to serve the other members on' },
  member: { type: 'list', help: 'id=host:port of a voting member, this one included; repeatable' },
  observer: { type: 'list', help: 'id=host:port of a member without a vote; repeatable' },
  'cluster-secret-file': {
    type: 'string',
    help: 'file with the secret that the members share, 32 characters or more',
  },
  'tls-cert': { type: 'string', help: 'PEM file: certificate of HTTPS, and those behind it' },
  'tls-key': { type: 'string', help: 'PEM file: its private key, readable for the member alone' },
  'tls-client-ca': {
    type: 'string',
    help: 'PEM file: authorities that are believed about certificates of clients',
  },
  'tls-client-auth': {
    type: 'string',
    help: 'request (default with --tls-client-ca) or require a certificate of clients, or none',
  },
  'tls-client-crl': {
    type: 'string',
    help: 'PEM file: lists of their certificates that are revoked, one of each authority',
  },
  'peer-tls-cert': { type: 'string', help: 'PEM file: certificate shown to the other members' },
  'peer-tls-key': { type: 'string', help: 'PEM file: its private key' },
  'peer-tls-ca': { type: 'string', help: 'PEM file: authorities believed about other members' },
  'peer-tls-crl': {
    type: 'string',
    help: 'PEM file: lists of certificates of members that are revoked',
  },
  'super-digest': {
    type: 'string',
    help: 'digest id, user:base64(SHA-256(user:password)), that passes every check of ACLs',
  },
  'super-x509': {
    type: 'string',
    help: 'subject, like CN=root,O=Example, whose certificate passes every check of ACLs',
  },
  insecure: {
    type: 'boolean',
    help: 'allow addresses other than loopback without TLS, or without certificates of clients',
  },
  'allow-host': { type: 'list', help: 'host name that requests may name; repeatable' },
  'allow-origin': { type: 'list', help: 'origin whose pages may use the member; repeatable' },
  limit: { type: 'list', help: 'name=value, see docs/LIMITS.md; repeatable' },
  'log-level': { type: 'string', help: `${LOG_LEVELS.join(', ')} (default info)` },
  config: { type: 'string', help: 'YAML or JSON file with these settings' },
} as const satisfies Record<string, { type: 'string' | 'boolean' | 'list'; help: string }>;

type SettingName = keyof typeof SETTINGS;
type Values = Map<SettingName, readonly string[]>;

export function usage(): string {
  const lines = Object.entries(SETTINGS).map(([name, { type, help }]) => {
    const flag = type === 'boolean' ? `--${name}` : `--${name} …`;
    return `  ${flag.padEnd(20)} ${help}`;
  });
  return `usage: paddock [settings]\n\n${lines.join('\n')}\n  --help, --version\n`;
}

/** Reads all sources. Throws `ConfigError`. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const flags = fromFlags(args);
  const variables = fromEnvironment(env);
  const file = flags.get('config')?.[0] ?? variables.get('config')?.[0];
  const values: Values = new Map([
    ...(file === undefined ? [] : fromFile(file)),
    ...variables,
    ...flags,
  ]);
  const one = (name: SettingName, fallback: string) => values.get(name)?.at(-1) ?? fallback;
  const listen = parseAddress('listen', one('listen', '127.0.0.1:7181'));
  const id = parseInteger('id', one('id', '1'), 1, 255);
  const given = (name: SettingName) => values.get(name)?.at(-1);
  const ensemble = readEnsemble(id, {
    listen: given('peer-listen'),
    voters: values.get('member') ?? [],
    observers: values.get('observer') ?? [],
    secretFile: given('cluster-secret-file'),
    tls: {
      cert: given('peer-tls-cert'),
      key: given('peer-tls-key'),
      ca: given('peer-tls-ca'),
      crl: given('peer-tls-crl'),
    },
  });
  const tls = readClientTls(
    {
      cert: given('tls-cert'),
      key: given('tls-key'),
      ca: given('tls-client-ca'),
      crl: given('tls-client-crl'),
    },
    given('tls-client-auth'),
  );
  const exposed = exposures(listen, tls, ensemble?.listen, ensemble?.tls);
  if (exposed.length > 0 && one('insecure', 'false') !== 'true') {
    throw new ConfigError(
      `${exposed.join('; ')}; or listen on 127.0.0.1, or add --insecure if the network is trusted`,
    );
  }
  return {
    id,
    ensemble,
    listen,
    tls,
    exposures: exposed,
    dataDir: resolve(one('data-dir', './data')),
    allowedHosts: values.get('allow-host') ?? [],
    allowedOrigins: values.get('allow-origin') ?? [],
    superId: parseSuperId(given('super-digest')),
    superSubject: parseSubject('super-x509', given('super-x509')),
    limits: parseLimits(values.get('limit') ?? []),
    logLevel: parseLogLevel(one('log-level', 'info')),
  };
}

function fromFlags(args: readonly string[]): Values {
  const options = Object.fromEntries(
    Object.entries(SETTINGS).map(([name, { type }]) => [
      name,
      type === 'boolean'
        ? { type: 'boolean' as const }
        : { type: 'string' as const, multiple: true as const },
    ]),
  );
  const values: Values = new Map();
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    for (const [name, value] of Object.entries(parsed.values)) {
      if (isSetting(name))
        values.set(name, Array.isArray(value) ? value.map(String) : [`${value}`]);
    }
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : error}; see --help`);
  }
  return values;
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Values {
  const values: Values = new Map();
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith('PADDOCK_') || value === undefined) continue;
    const name = variable.slice('PADDOCK_'.length).toLowerCase().replaceAll('_', '-');
    if (!isSetting(name)) throw new ConfigError(`${variable} is not a setting; see --help`);
    values.set(name, SETTINGS[name].type === 'list' ? splitList(value) : [value]);
  }
  return values;
}

function fromFile(file: string): Values {
  let content: unknown;
  try {
    // Eighty files, for those who have such a file alone.
    const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(
      `config: cannot read ${file}: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ConfigError(`config: ${file} must hold a mapping of settings`);
  }
  const values: Values = new Map();
  for (const [name, value] of Object.entries(content)) {
    if (!isSetting(name) || name === 'config') {
      throw new ConfigError(`config: ${name} in ${file} is not a setting; see --help`);
    }
    values.set(name, settingTexts(name, value));
  }
  return values;
}

/** A file may give a list as a list, and limits as a mapping. */
function settingTexts(name: SettingName, value: unknown): readonly string[] {
  if (SETTINGS[name].type !== 'list') return [String(value)];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, item]) => `${key}=${item}`);
  }
  return splitList(String(value));
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function isSetting(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

function parseSuperId(text: string | undefined): string | undefined {
  if (text === undefined || isDigestId(text)) return text;
  throw new ConfigError(`super-digest: what is given is not ${DIGEST_FORM}; see docs/ACLS.md`);
}

function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) {
    throw new ConfigError(`log-level: ${text} is not one of ${LOG_LEVELS.join(', ')}`);
  }
  return level;
}

function parseLimits(assignments: readonly string[]): Limits {
  const limits: Record<keyof Limits, number> = { ...DEFAULT_LIMITS };
  for (const assignment of assignments) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(assignment) ?? [];
    if (name === undefined || value === undefined || !isLimit(name)) {
      throw new ConfigError(`limit: ${assignment} is not name=value with a name of docs/LIMITS.md`);
    }
    limits[name] = parseInteger(`limit ${name}`, value, 1, Number.MAX_SAFE_INTEGER);
  }
  checkLimits(limits);
  return limits;
}

function isLimit(name: string): name is keyof Limits {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}
