/**
 * The query of a request, read strictly: a parameter that the resource does not have, one given
 * twice and one that cannot be decoded are refused, so that a misspelt condition is never ignored.
 */
import { badArguments } from './errors.ts';
import { decodeComponent } from './paths.ts';

export type Query = ReadonlyMap<string, string>;

const EMPTY: Query = new Map();

/** The parameters of `url`, all of which must be `known`. A `+` is a space, as in forms. */
export function queryOf(url: string, known: ReadonlySet<string>): Query {
  const start = url.indexOf('?');
  if (start === -1 || start === url.length - 1) return EMPTY;
  const query = new Map<string, string>();
  for (const part of url.slice(start + 1).split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals === -1 ? part : part.slice(0, equals));
    if (!known.has(name)) throw badArguments(`there is no parameter ${quoted(name)} here`);
    if (query.has(name)) throw badArguments(`the parameter ${quoted(name)} is given twice`);
    query.set(name, equals === -1 ? '' : decode(part.slice(equals + 1)));
  }
  return query;
}

export function booleanOf(query: Query, name: string): boolean {
  const text = query.get(name);
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw badArguments(`${name} is true or false`);
}

/** A whole number in `min`..`max`, or undefined when it is not given. */
export function integerOf(
  query: Query,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^-?\d{1,16}$/.test(text) || value < min || value > max) {
    throw badArguments(`${name} is a whole number in ${min}..${max}`);
  }
  return value;
}

/** `include=stat,data` in any order. */
export function includeOf(query: Query): { readonly stat: boolean; readonly data: boolean } {
  const text = query.get('include');
  if (text === undefined) return { stat: false, data: false };
  const parts = text.split(',');
  const known = parts.every((part) => part === 'stat' || part === 'data');
  if (!known || new Set(parts).size < parts.length) {
    throw badArguments('include is stat, data, or both with a comma between');
  }
  return { stat: parts.includes('stat'), data: parts.includes('data') };
}

function decode(text: string): string {
  if (!URL_CHARACTERS.test(text))
    throw badArguments('the query holds a character that must be encoded');
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeComponent(spaced) : spaced;
}

const URL_CHARACTERS = /^[!-~]*$/;

/** Names come from the client: what a problem repeats of them is short and plain. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
}
