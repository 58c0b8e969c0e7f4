import { ROLES } from '../permissions';
import {
  bool,
  format,
  id,
  int,
  iso,
  list,
  map,
  nullable,
  object,
  oneOfValues,
  open,
  pattern,
  rule,
  string,
  text,
  url,
} from '../shape';
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

/** An invitation as the invited person sees it. */
export const invitation = object({
  id,
  account_id: id,
  account_name: string,
  inviter_name: string,
  inviter_email: format('email'),
  role: oneOfValues(...ROLES),
  email: format('email'),
  created_at: iso,
  expires_at: iso,
});

const apiKeyKeys = {
  id,
  name: text,
  last_used_at: nullable(iso),
  created_at: iso,
  created_by: id,
  created_by_name: string,
  scope: nullable(list(text)),
  expires_at: nullable(iso),
} satisfies Keys;

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

/** A file that an owner brings along. */
export const importJob = object({
  /** Begins with its kind. */
  id: pattern(/^[a-z-]+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  kind: text,
  status: text,
  dry_run: bool,
  progress: percent,
  rows: int,
  created: int,
  unchanged: int,
  failed: int,
  unknown_columns: list(text),
  reason: nullable(text),
  created_at: iso,
  ended_at: nullable(iso),
});

/** What is wrong with one of its rows. */
export const importError = object({ line: int, errors: map(list(text)) });

const anything = nullable(open());

/** A page of who changed what, over all services. */
export const auditTrail = object({
  data: list(
    object({
      id: pattern(/^[a-z]+-\d+$/),
      at: iso,
      actor: oneOfValues('user', 'operator', 'system'),
      user_id: nullable(id),
      action: text,
      subject: text,
      subject_id: text,
      before: anything,
      after: anything,
      request_id: text,
    }),
  ),
  meta: object({ per_page: int, next: nullable(text) }),
});

/** Opens one stream of the live feed, in place of a token. */
export const feedTicket = object({ ticket: pattern(/^[\w-]{43}$/), expires_in: int });

/** A login of the own user that goes on. */
export const userSession = object({
  id,
  device: string,
  address: nullable(text),
  method: oneOfValues('password', 'reset-code', 'registration', 'second-factor', 'passkey'),
  current: bool,
  created_at: iso,
  last_used_at: iso,
  expires_at: iso,
});

/** A deletion of the own user that waits. */
export const userDeletion = object({
  requested_at: iso,
  due_at: iso,
  closes_account: bool,
  blocked_by: nullable(text),
});
