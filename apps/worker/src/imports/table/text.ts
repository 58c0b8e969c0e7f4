import { BadFile } from './table';

const NOT_TEXT = 'The file is neither text in UTF-8 or UTF-16 nor a workbook (xlsx).';

/** Which encoding a text is in, by its mark, or by the zero bytes of plain letters. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || first === 0 ? 'utf-16be' : 'utf-8';
}

const isUndecodable = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** The text of a file, piece by piece, without its mark. @throws BadFile */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const piece of bytes) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
      const text = decoder.decode(piece, { stream: true });
      if (text.includes('\0')) throw new BadFile(NOT_TEXT);
      yield text;
    }
    yield decoder?.decode() ?? '';
  } catch (cause) {
    throw isUndecodable(cause) ? new BadFile(NOT_TEXT, { cause }) : cause;
  }
}
