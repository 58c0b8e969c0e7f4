import type { Fields } from '../v16/fields';
import { tagOf } from '../v16/tag';

/** An `IdTokenType`. */
export interface IdToken {
  /** Its number in one writing, as that of a card of 1.6; absent where it is empty, or stands for no authorization. */
  readonly tag?: string;
  /** `ISO14443`, `Central`, `eMAID`, …: not judged by. */
  readonly type: string;
}

/** What stands for a start without any card, such as at a charger whose authorization is switched off. */
const NO_AUTHORIZATION = 'noauthorization';

/** Reads `idToken`; absent where there is none. */
export function idTokenOf(fields: Fields): IdToken | undefined {
  const given = fields.nested('idToken');
  if (!given) return undefined;
  const type = given.text('type') ?? '';
  const tag = type.toLowerCase() === NO_AUTHORIZATION ? undefined : tagOf(given.text('idToken'));
  return { type, ...(tag === undefined ? {} : { tag }) };
}
