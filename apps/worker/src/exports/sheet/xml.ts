/** What an XML document cannot hold at all, and what it reads as something else. */
const SPECIAL = /[&<>"\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_/;
const ILLEGAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Spreadsheets take `_x0041_` for the letter A; the underscore is spelled out so that the text stays what it is. */
const ESCAPE = /_(?=x[0-9a-fA-F]{4}_)/g;

/** A text as XML; what no XML document can hold is left out. */
export function xml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(ILLEGAL, '')
    .replace(LONE_SURROGATE, '')
    .replace(ESCAPE, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '_x000D_');
}
