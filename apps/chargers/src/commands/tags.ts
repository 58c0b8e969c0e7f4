import { randomBytes } from 'node:crypto';

/** Bytes of a card that is made for one start: 20 characters, the most that the protocol takes. */
const TAG_BYTES = 10;

/** The form of tags that are made for one start. A card may have it, too: whether a tag was made is known by its command. */
export const MADE_TAG = /^[0-9A-F]{20}$/;

export const newTag = (): string => randomBytes(TAG_BYTES).toString('hex').toUpperCase();
