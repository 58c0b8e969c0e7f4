/** Characters of a name that an e-mail shows, and words of it: more is a sentence. */
export const NAME_LENGTH = 40;
export const NAME_WORDS = 5;

// Marks without a shape of their own (soft hyphens, joiners, marks of direction): the name is the same without them.
const INVISIBLE = /\p{Cf}/gu;
const WORD = String.raw`\p{L}[\p{L}\p{M}]*(?:['’\-]\p{L}[\p{L}\p{M}]*)*`;
// An initial has its dot; elsewhere a dot between letters is a link.
const HARMLESS = new RegExp(String.raw`^(?:${WORD}|\p{L}\.|&)(?: (?:${WORD}|\p{L}\.|&))*$`, 'u');
const LINK_WORD = /^(?:https?|www|ftp|mailto|javascript)$/i;
// Amounts in words, with or without a blank.
const MONEY =
  /\b(?:dollars|euros?|dinars?|dirhams?|riyals?|rupees|usd|eur|jod|hundred|thousand|million|billion)\b|دولار|دينار|يورو|درهم|ريال|مليون|[〇零一二三四五六七八九十百千万萬億亿][元円圆圓원块]/iu;

/**
 * A name as an e-mail may show it: letters of any script, within a length and a number of words, on one line. Nothing for
 * everything else (links, digits, amounts, addresses, sentences): who receives the e-mail has often not met the person who
 * chose the text, and the platform signs it.
 */
export function harmlessName(text: string): string | undefined {
  const name = text.normalize('NFKC').replace(INVISIBLE, '').trim();
  if (name.length > NAME_LENGTH || !HARMLESS.test(name)) return undefined;
  const words = name.split(' ');
  return words.length > NAME_WORDS || words.some((word) => LINK_WORD.test(word)) || MONEY.test(name) ? undefined : name;
}
