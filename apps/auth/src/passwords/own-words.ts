/** What everybody would think of first here. */
const PRODUCT = ['opencpo', 'cpo'];
const SHORTEST_WORD = 3;
/** Letters that must be left of a password once the owner's words are taken out of it. */
const LETTERS_LEFT = 4;

const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Who a password is for. */
export interface Owner {
  readonly email?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '');
const withoutLookalikes = (text: string): string => text.replace(/[@430$57]/g, (sign) => LOOKALIKES[sign] ?? sign);

function wordsOf({ email, firstName, lastName }: Owner): string[] {
  const [local = '', domain = ''] = plain(email ?? '').split('@');
  const names = [firstName, lastName].map((name) => plain(name ?? ''));
  const parts = [local, ...domain.split('.').slice(0, -1), ...names].flatMap((text) => text.split(/[^\p{L}]+/u));
  const whole = [local, ...names].map(letters);
  const words = [...PRODUCT, ...whole, ...parts].filter((word) => [...word].length >= SHORTEST_WORD);
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}

/** Whether a password consists of its owner's names, the parts of the e-mail address or the product's name, and little else. */
export function isMadeOfOwnWords(password: string, owner: Owner): boolean {
  const words = wordsOf(owner);
  return [plain(password), withoutLookalikes(plain(password))].some((text) => {
    const all = letters(text);
    const rest = words.reduce((left, word) => left.replaceAll(word, ' '), all).replaceAll(' ', '');
    return rest.length < all.length && [...rest].length < LETTERS_LEFT;
  });
}
