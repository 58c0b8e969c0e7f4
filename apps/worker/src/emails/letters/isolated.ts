/** A value of unknown script inside Arabic text, kept from turning the order of the words around it. */
export const isolated = (value: string): string => `\u2068${value}\u2069`;
