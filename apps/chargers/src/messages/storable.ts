/** A text that can be stored: neither text nor JSON of PostgreSQL takes a NUL, or half of a surrogate pair. */
export const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** As much of a text as is kept. */
export const cut = (text: string, characters: number): string => storable(text.slice(0, characters));
