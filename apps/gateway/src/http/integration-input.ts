import { type Dto, type FieldRule, fieldsOf } from '@open-cpo/contracts';

type Bag = Record<string, unknown>;

/** Words of the public Odoo connector for those of this API. */
const WORDS: Readonly<Record<string, string>> = { kwh: 'energy' };
/** Its word for a choice that was never made. */
const NO_CHOICE = 'unknown';

/**
 * The input of an integration in the API's own words: JSON `false` for a text or an id reads as absent, `kwh` as
 * `energy`. Everything else stays as it came, to be judged by the service.
 */
export function integrationInput(dto: Dto<unknown>, given: Bag): Bag {
  const input = { ...given };
  for (const rule of fieldsOf(dto).values()) {
    const { property } = rule;
    if (!Object.hasOwn(input, property)) continue;
    const value = readValue(rule, input[property]);
    if (value === undefined) delete input[property];
    else input[property] = value;
  }
  return input;
}

function readValue(rule: FieldRule, value: unknown): unknown {
  if (value === false) return isTextOrId(rule) ? undefined : value;
  if (typeof value === 'string') return readText(rule, value);
  if (!rule.nested || !isBag(value)) return value;
  const item = rule.nested();
  if (Array.isArray(value)) return value.map((one: unknown) => (isBag(one) ? integrationInput(item, one) : one));
  return integrationInput(item, value);
}

function readText(rule: FieldRule, text: string): string | undefined {
  // Odoo keeps an object that it reads, such as the type of a power center, as printed text, and sends that back.
  if (rule.id && text.startsWith('{')) return undefined;
  const choices = rule.docs.enum as readonly string[] | undefined;
  if (!choices || choices.includes(text)) return text;
  const word = WORDS[text];
  if (word !== undefined && choices.includes(word)) return word;
  return text === NO_CHOICE ? undefined : text;
}

const isTextOrId = ({ docs, id }: FieldRule): boolean => id === true || docs.type === String;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null;
