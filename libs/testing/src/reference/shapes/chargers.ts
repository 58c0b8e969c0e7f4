import { bool, format, id, int, iso, list, nullable, object, oneOfValues, open, pattern, string, text } from '../shape';
import type { Keys } from '../shape';

const connector = object({
  number: int,
  status: string,
  error_code: nullable(string),
  info: nullable(string),
  vendor_error_code: nullable(string),
  reported_at: iso,
});

const keys = {
  id,
  charge_point_id: id,
  identity: text,
  state: oneOfValues('connected', 'disconnected', 'never_connected'),
  has_credential: bool,
  policy: oneOfValues('workers', 'anybody'),
  assume_ocpp16: bool,
  protocol: nullable(text),
  vendor: nullable(text),
  model: nullable(text),
  serial_number: nullable(text),
  firmware: nullable(text),
  connected_at: nullable(iso),
  disconnected_at: nullable(iso),
  booted_at: nullable(iso),
  last_seen_at: nullable(iso),
  clock_offset_seconds: int,
  quirks: open(),
  open_transactions: int,
  connectors: list(connector),
  created_at: iso,
} satisfies Keys;

/** A charger in the list: never its password. */
export const charger = object(keys);
/** What a charger is configured with: the only time that the password is shown. */
export const chargerCredential = object({ url: text, identity: text, password: pattern(/^[0-9a-f]{40}$/) });
export const newCharger = object({ ...keys, credential: chargerCredential });

/** A command to a charger. */
export const chargerCommand = object({
  id,
  charger_id: id,
  type: oneOfValues(
    ...['start', 'stop', 'unlock', 'reset', 'availability', 'configure', 'read_configuration', 'trigger'],
  ),
  request: open(),
  state: oneOfValues('queued', 'sent', 'accepted', 'rejected', 'failed', 'timed_out', 'not_connected'),
  status: nullable(text),
  error: nullable(text),
  effect: nullable(oneOfValues('expected', 'observed', 'missing')),
  late: bool,
  transaction_id: nullable(id),
  order_id: nullable(id),
  reason: nullable(oneOfValues('order', 'session_limit', 'requested_quantity')),
  user_id: nullable(id),
  created_at: iso,
  sent_at: nullable(iso),
  answered_at: nullable(iso),
});

/** A page of what was refused. */
export const refusedEntries = object({
  data: list(
    object({
      id,
      kind: oneOfValues('connection', 'card'),
      name: text,
      reason: text,
      charge_point_id: nullable(id),
      charger_id: nullable(id),
      address: nullable(text),
      times: int,
      first_at: iso,
      last_at: iso,
    }),
  ),
  meta: object({ per_page: int, next: nullable(text) }),
});

/** A page of a charger's commands. */
export const chargerCommands = object({
  data: list(chargerCommand),
  meta: object({ per_page: int, next: nullable(text) }),
});

/** Settings of a charger, as it last told them. */
export const chargerConfiguration = object({
  settings: list(object({ key: text, value: nullable(string), readonly: bool, secret: bool, read_at: iso })),
});

/** A page of a charger's messages. */
export const chargerMessages = object({
  data: list(
    object({
      id: format('int'),
      at: iso,
      direction: oneOfValues('received', 'sent'),
      kind: oneOfValues('call', 'result', 'error', 'malformed'),
      action: nullable(text),
      message_id: string,
      payload: nullable(open()),
      text: nullable(string),
      problems: list(text),
    }),
  ),
  meta: object({ per_page: int, next: nullable(text) }),
});
