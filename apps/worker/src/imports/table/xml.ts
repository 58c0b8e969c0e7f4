import { SaxesParser } from 'saxes';
import { BadFile } from './table';

/** Bytes that one element, text or comment has at most: the parser keeps what has not ended yet. */
const LONGEST_PART = 1024 * 1024;
/** Elements within each other: the parser keeps those that are open. */
const DEEPEST = 64;

type Attributes = Readonly<Record<string, string>>;

/** What is made of a document, element by element; names are without their prefixes. */
export interface XmlReader {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads a document piece by piece, and stops after each for what was made of it. @throws BadFile */
export async function* parsed(content: AsyncIterable<Buffer>, reader: XmlReader): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let unfinished = 0;
  let depth = 0;
  let empty = true;
  parser.on('opentag', ({ name, attributes }) => {
    unfinished = 0;
    depth += 1;
    if (depth > DEEPEST) throw new BadFile('The workbook is damaged.');
    const named = Object.entries(attributes).map(([key, value]) => [local(key), value]);
    reader.open?.(local(name), Object.fromEntries(named) as Attributes);
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));
  parser.on('closetag', ({ name }) => {
    unfinished = 0;
    depth -= 1;
    reader.close?.(local(name));
  });
  parser.on('error', (cause) => {
    throw new BadFile('The workbook is damaged.', { cause });
  });
  const decoder = new TextDecoder('utf-8');
  for await (const piece of content) {
    empty = false;
    unfinished += piece.length;
    if (unfinished > LONGEST_PART) throw new BadFile('The workbook has a cell that is too long.');
    parser.write(decoder.decode(piece, { stream: true }));
    yield;
  }
  // A part that is not there says nothing.
  if (!empty) parser.close();
}

/** Reads a document to its end. @throws BadFile */
export async function readXml(content: AsyncIterable<Buffer>, reader: XmlReader): Promise<void> {
  for await (const _ of parsed(content, reader)) void _;
}
