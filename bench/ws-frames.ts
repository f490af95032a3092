/**
 * Requests as frames that are ready before they are needed: a template is masked once, and per
 * request only the digits of its id and of its key are written. That keeps the load generator far
 * cheaper than the member it loads.
 */
import { headerLength, maskInPlace, writeHeader } from './ws-socket.ts';

/** Ids have ten digits from the first to the last, so that they always take the same room. */
export const FIRST_ID = 1_000_000_001;
const ID_DIGITS = '##########';
const DIGIT_ZERO = 48;

/** One request, masked, with the places of its digits. Made by `FrameWriter.template`. */
export interface RequestTemplate {
  readonly bytes: Buffer;
  readonly idAt: number;
  readonly keyAt: number;
  readonly keyDigits: number;
}

export class FrameWriter {
  readonly requestsPerFrame: number;
  readonly #mask: Buffer;
  /** Distance of a request from the start of the payload, modulo four: the array's bracket. */
  readonly #phase: number;
  #longest = 0;

  constructor(requestsPerFrame: number, mask: Buffer) {
    this.requestsPerFrame = requestsPerFrame;
    this.#mask = mask;
    this.#phase = requestsPerFrame === 1 ? 0 : 1;
  }

  /**
   * Prepares a request from JSON text in which `##########` stands for the id and a run of `$` for
   * the digits of the key. In an array, spaces before the closing brace make a request and its
   * comma a multiple of four bytes: then every request meets the mask in the same phase.
   */
  template(text: string): RequestTemplate {
    const padding = this.#phase === 0 ? 0 : (3 - Buffer.byteLength(text)) & 3;
    const padded = `${text.slice(0, -1)}${' '.repeat(padding)}}`;
    const bytes = Buffer.from(padded, 'utf8');
    const idAt = bytes.indexOf(ID_DIGITS);
    if (idAt < 0) throw new Error(`a template must have a place for the id: ${text}`);
    const keyAt = bytes.indexOf('$');
    const keyDigits = keyAt < 0 ? 0 : (/\$+/.exec(padded)?.[0].length ?? 0);
    maskInPlace(bytes, this.#mask, this.#phase);
    this.#longest = Math.max(this.#longest, bytes.length);
    return { bytes, idAt, keyAt, keyDigits };
  }

  /** The most bytes that a frame of the templates made so far can take. */
  frameLength(): number {
    const payload = (this.#longest + 1) * this.requestsPerFrame + 1;
    return headerLength(payload) + payload;
  }

  /** Writes one frame of `requestsPerFrame` requests with ids from `id`; returns its end. */
  write(
    target: Buffer,
    at: number,
    templates: readonly RequestTemplate[],
    keys: readonly number[],
    id: number,
  ): number {
    let next = writeHeader(target, at, this.#payloadLength(templates), this.#mask);
    if (this.#phase === 1) target[next++] = this.#masked('[', 0);
    for (let i = 0; i < templates.length; i++) {
      const template = templates[i];
      if (template === undefined) break;
      template.bytes.copy(target, next);
      this.#writeDigits(target, next, template.idAt, ID_DIGITS.length, id + i);
      this.#writeDigits(target, next, template.keyAt, template.keyDigits, keys[i] ?? 0);
      next += template.bytes.length;
      if (this.#phase === 1) target[next++] = this.#masked(i + 1 < templates.length ? ',' : ']', 0);
    }
    return next;
  }

  #payloadLength(templates: readonly RequestTemplate[]): number {
    let length = this.#phase;
    for (const template of templates) length += template.bytes.length + this.#phase;
    return length;
  }

  #masked(character: string, phase: number): number {
    return character.charCodeAt(0) ^ (this.#mask[phase & 3] ?? 0);
  }

  #writeDigits(target: Buffer, start: number, at: number, digits: number, value: number): void {
    let rest = value;
    for (let i = at + digits - 1; i >= at; i--) {
      const tenth = Math.floor(rest / 10);
      const digit = DIGIT_ZERO + rest - tenth * 10;
      target[start + i] = digit ^ (this.#mask[(this.#phase + i) & 3] ?? 0);
      rest = tenth;
    }
  }
}
