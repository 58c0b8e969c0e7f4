import type { Coding } from '../sending/codings';
import { tagOf } from './etag';

/** An answer with a name of its own, which who has it already need not get again. */
export interface Tagged {
  readonly body: Buffer;
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same bytes compressed, made when they are first wanted. */
  readonly compressed: Map<Coding, Promise<Buffer>>;
}

/** One that went out, to be given again. */
export interface Kept extends Tagged {
  /** The count of changes when it was asked for. */
  readonly asOf: number;
  /** When it was asked for, in milliseconds by a clock that never goes back. */
  readonly at: number;
}

export const tagged = (body: Buffer, headers: Readonly<Record<string, string>>): Tagged => ({
  body,
  headers,
  tag: tagOf(body),
  compressed: new Map(),
});
