export interface Opened {
  /** What has been read already. */
  readonly taken: readonly Uint8Array[];
  /** What is still to come; absent when that was all. */
  readonly rest?: AsyncGenerator<Uint8Array, void>;
}

/**
 * Reads the beginning of an answer: its opening and its first piece, so that an immediate failure still gets a
 * status, and further ones as long as they are at most `most` bytes together.
 */
export async function opened(pieces: AsyncGenerator<Uint8Array, void>, most: number): Promise<Opened> {
  const taken: Uint8Array[] = [];
  let bytes = 0;
  while (taken.length < 2 || bytes <= most) {
    const piece = await pieces.next();
    if (piece.done) return { taken };
    taken.push(piece.value);
    bytes += piece.value.length;
  }
  return { taken, rest: pieces };
}
