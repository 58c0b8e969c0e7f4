import { ROLES } from '../permissions';
import { format, id, int, iso, nullable, object, oneOfValues, pattern, rule, string, text, url } from '../shape';
import type { Keys } from '../shape';

/** Somebody who shares the owner's account, or is invited to. */
export const member = object({
  id,
  name: nullable(string),
  email: format('email'),
  role: oneOfValues(...ROLES),
  status: text,
  created_at: iso,
});

const apiKeyKeys = { id, name: text, last_used_at: nullable(iso), created_at: iso } satisfies Keys;

/** An API key in the list: never the secret. */
export const apiKey = object(apiKeyKeys);
/** A new API key: the only time its secret is shown. */
export const newApiKey = object({ ...apiKeyKeys, key: pattern(/^\d+\|\S+$/) });

const percent = rule<number>(int, 'a percentage', (value) => value >= 0 && value <= 100);

/** A long export; `url` is null until there is a file. */
export const exportJob = object({
  /** Begins with its kind. */
  id: pattern(/^[a-z-]+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  kind: text,
  status: text,
  progress: percent,
  rows: nullable(int),
  url: nullable(url),
});

/** Opens one stream of the live feed, in place of a token. */
export const feedTicket = object({ ticket: pattern(/^[\w-]{43}$/), expires_in: int });
