import { xml } from './xml';

/** Texts that are kept, and the longest of them: some hundred kilobytes in all, however many rows there are. */
const MAX_STRINGS = 4000;
const LONGEST = 100;

/** Whether its blanks would be lost. */
const keepsBlanks = (text: string): boolean =>
  text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32 || text.includes('\n');

/** A text as an element; it is never a formula, whatever it begins with. */
export const textElement = (text: string): string =>
  `<t${keepsBlanks(text) ? ' xml:space="preserve"' : ''}>${xml(text)}</t>`;

/**
 * Texts that many cells have in common, such as names of power centers, are written once and named by number. Only so
 * many are kept: what comes after is written in place.
 */
export class SharedStrings {
  private readonly endings = new Map<string, string>();

  /** How a cell of this text ends, from its type on. */
  cell(text: string): string {
    const known = this.endings.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST || this.endings.size >= MAX_STRINGS) return inPlace(text);
    const ending = ` t="s"><v>${this.endings.size}</v></c>`;
    this.endings.set(text, ending);
    return ending;
  }

  /** The texts in the order of their numbers. */
  elements(): string {
    return [...this.endings.keys()].map((text) => `<si>${textElement(text)}</si>`).join('');
  }
}

/** A text that stands in its own cell. */
export const inPlace = (text: string): string => ` t="inlineStr"><is>${textElement(text)}</is></c>`;
