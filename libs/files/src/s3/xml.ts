const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const readable = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');

/** What stands in the elements of a name, in a document of a store: these are flat, and known not to nest. */
export const inTags = (document: string, name: string): string[] =>
  [...document.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, inner = '']) => readable(inner));

/** A text as content of an element. */
export const xmlText = (text: string): string => text.replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);
