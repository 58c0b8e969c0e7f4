import type { Field, Values } from '../../forms/field';

/** Limits change without an event of the live feed: they are read again while the chargers have yet to take them. */
export const LOOK_MS = 3000;

export const LIMIT_FIELDS: readonly Field[] = [{ name: 'amperes', type: 'number', hint: 'amperes', suffix: 'A' }];

/** The limit of a form as a body; an empty input takes the limit away, which the API is sent as null. */
export const limitOf = ({ amperes }: Values): { amperes: number } => ({
  amperes: amperes === '' || amperes === null || amperes === undefined ? (null as never) : Number(amperes),
});

/** Whether the charger has yet to take a limit. */
export const isSettling = ({ state }: { readonly state: string }): boolean =>
  state === 'waiting' || state === 'sending';
