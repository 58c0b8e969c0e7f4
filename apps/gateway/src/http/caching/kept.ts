import type { Coding } from '../sending/codings';

/** An answer as it went out, to be given again. */
export interface Kept {
  readonly body: Buffer;
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The count of changes when it was asked for. */
  readonly asOf: number;
  /** When it was asked for, in milliseconds by a clock that never goes back. */
  readonly at: number;
  /** The same bytes compressed, made when they are first wanted. */
  readonly compressed: Map<Coding, Promise<Buffer>>;
}
