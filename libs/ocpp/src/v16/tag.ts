/** What is written between the digits of a card's number. */
const BLANKS = /\s+/g;

/** The number of a card as readers give it, in one writing: without blanks and in upper case. */
export const tagOf = (text: string | undefined): string | undefined =>
  text?.replace(BLANKS, '').toUpperCase() || undefined;
