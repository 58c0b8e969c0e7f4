import type { Payload } from '../frames/frame';

/** How a message deviates from the protocol, beside its times. */
export type FieldQuirk = 'number_for_text' | 'text_for_number' | 'field_unreadable';

const WHOLE = /^\s*[+-]?\d{1,15}(\.0+)?\s*$/;
/** Characters of a text that are kept. */
const MAX_TEXT_LENGTH = 255;
/** Control characters show nowhere. */
const CONTROL = /\p{Cc}+/gu;

/** Reads the fields of a payload as their types, whatever types the charger used. */
export class Fields {
  constructor(
    private readonly payload: Payload,
    private readonly note: (quirk: FieldQuirk) => void,
  ) {}

  /** A text without control characters and blanks around it; absent when it is empty. */
  text(name: string): string | undefined {
    const value = this.payload[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' || typeof value === 'boolean') this.note('number_for_text');
    else if (typeof value !== 'string') return this.unreadable();
    // Half of a surrogate pair is no character, and nothing stores it.
    const text = String(value).replace(CONTROL, ' ').trim().slice(0, MAX_TEXT_LENGTH).toWellFormed();
    return text === '' ? undefined : text;
  }

  /** A whole number in the safe range. */
  integer(name: string): number | undefined {
    const value = this.payload[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string' && WHOLE.test(value)) {
      this.note('text_for_number');
      return Number(value);
    }
    const whole = typeof value === 'number' ? Math.trunc(value) : NaN;
    return Number.isSafeInteger(whole) ? whole : this.unreadable();
  }

  /** A number of the connector: 0 is the charger itself. */
  connector(name = 'connectorId'): number | undefined {
    const number = this.integer(name);
    if (number === undefined) return undefined;
    return number >= 0 && number <= 10_000 ? number : this.unreadable();
  }

  raw(name: string): unknown {
    return this.payload[name];
  }

  /** The fields of an object in it; absent where there is none. */
  nested(name: string): Fields | undefined {
    const value = this.payload[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) return this.unreadable();
    return new Fields(value as Payload, this.note);
  }

  /** Those of an object without any. */
  empty(): Fields {
    return new Fields({}, this.note);
  }

  /** Notes a field that cannot be used. */
  unreadable(): undefined {
    this.note('field_unreadable');
    return undefined;
  }
}
