const PLUS = 0x2b;
const BLANK = 0x20;

/** A form with its pluses read as blanks: byte by byte, which costs a fraction of replacing them in a text. */
export function plusAsBlank(form: string): string {
  if (!form.includes('+')) return form;
  const bytes = Buffer.from(form);
  for (let at = bytes.indexOf(PLUS); at >= 0; at = bytes.indexOf(PLUS, at + 1)) bytes[at] = BLANK;
  return bytes.toString();
}

/**
 * Reads the names and values of one form. What it makes throws URIError for an escape that is malformed or no UTF-8: kept as it
 * is, `%E9` of an old client would be stored as the text.
 */
export const decoderOf = (form: string): ((text: string) => string) =>
  form.includes('%') ? decodeURIComponent : (text) => text;
