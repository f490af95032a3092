/** Texts of settings as values. A mistake is a `ConfigError` that says what to change. */

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export function parseAddress(name: string, text: string): Address {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || port === undefined) {
    throw new ConfigError(`${name}: ${text} is not host:port, like 127.0.0.1:7181 or [::1]:7181`);
  }
  return { host, port: parseInteger(`${name}: the port`, port, 0, 65_535) };
}

export function parseInteger(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new ConfigError(`${name}: ${text} is not a whole number in ${min}..${max}`);
  }
  return value;
}
