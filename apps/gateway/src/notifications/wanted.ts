import {
  EVENT_PERMISSIONS,
  EVENT_TYPES,
  type EventType,
  type Identity,
  inScope,
  may,
  Refusal,
} from '@open-cpo/contracts';

/** Which types of events one stream is about. */
export type Wanted = ReadonlySet<EventType>;

const isType = (name: string): name is EventType => Object.hasOwn(EVENT_PERMISSIONS, name);

/** Who asks, as far as it decides what they see. */
type Seer = Pick<Identity, 'role' | 'scope'>;

/** What a role may see, and the scope of an API key covers. */
export const seenBy = ({ role, scope }: Seer): Wanted =>
  new Set(EVENT_TYPES.filter((type) => may(role, EVENT_PERMISSIONS[type]) && inScope(scope, EVENT_PERMISSIONS[type])));

/**
 * The types that a client names, separated by commas; without any, all that its role may see.
 * @throws Refusal `validation_failed` for a type that there is none of, `forbidden` for one that the role may not see
 */
export function wantedOf(types: string | null | undefined, seer: Seer): Wanted {
  const seen = seenBy(seer);
  const names = (types ?? '').split(',').map((name) => name.trim());
  const named = names.filter((name) => name !== '');
  if (named.length === 0) return seen;
  if (!named.every(isType)) {
    const message = 'The selected types is invalid.';
    throw new Refusal('validation_failed', { message, fields: { types: [message] } });
  }
  if (!named.every((type) => seen.has(type))) throw new Refusal('forbidden');
  return new Set(named);
}
