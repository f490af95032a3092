/** The main thread's questions to the storage thread, each with its promise. */
import { assert } from '../raftlog/assert.ts';
import type { Answers, Question, StorageReply, StorageRequest } from './protocol.ts';
import { SnapshotRefusal } from './types.ts';

/** Asks the storage thread. Rejects with `SnapshotRefusal`, or when the storage ends. */
export type Ask = <K extends keyof Answers>(
  question: Extract<Question, { about: K }>,
) => Promise<Answers[K]>;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export class Inquiries {
  readonly #send: (request: StorageRequest) => void;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(send: (request: StorageRequest) => void) {
    this.#send = send;
  }

  ask: Ask = (question) => {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ kind: 'ask', id, question });
    });
  };

  answered({ id, answer }: Extract<StorageReply, { kind: 'answer' }>): void {
    this.#take(id).resolve(answer as never);
  }

  refused({ id, reason, message }: Extract<StorageReply, { kind: 'refused' }>): void {
    this.#take(id).reject(new SnapshotRefusal(reason, message));
  }

  /** Nothing will be answered any more. */
  end(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #take(id: number): Waiting {
    const waiting = this.#waiting.get(id);
    assert(waiting !== undefined, 'only what was asked is answered, and once');
    this.#waiting.delete(id);
    return waiting;
  }
}
