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
  policy: oneOfValues('workers', 'anybody', 'partner'),
  assume_ocpp16: bool,
  local_list: bool,
  server_pings: bool,
  compression: bool,
  register_factor: int,
  certificate: bool,
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
    ...[
      'start',
      'stop',
      'unlock',
      'reset',
      'availability',
      'configure',
      'read_configuration',
      'trigger',
      'clear_cache',
    ],
    ...['diagnostics', 'firmware', 'reserve', 'cancel_reservation', 'limit'],
    ...['local_list', 'read_local_list', 'read_local_list_limits', 'transaction_status'],
  ),
  request: open(),
  state: oneOfValues('queued', 'sent', 'accepted', 'rejected', 'failed', 'timed_out', 'not_connected', 'cancelled'),
  status: nullable(text),
  error: nullable(text),
  progress: nullable(text),
  progress_at: nullable(iso),
  file: nullable(text),
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

/** A session that was asked for. */
export const chargerSession = object({
  id,
  charger_id: id,
  connector: id,
  state: oneOfValues(
    ...['requested', 'accepted', 'started', 'ended', 'rejected', 'failed', 'timed_out', 'not_connected', 'cancelled'],
  ),
  session_id: nullable(text),
  order_id: nullable(id),
  payment: oneOfValues('electronic', 'cash', 'settled'),
  unit: nullable(oneOfValues('minutes', 'energy')),
  requested_quantity: pattern(/^(?:\d+(?:\.\d+)?|FULL)$/),
  driver_id: nullable(id),
  status: nullable(text),
  error: nullable(text),
  created_at: iso,
  started_at: nullable(iso),
  ended_at: nullable(iso),
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

/** Settings of a charger, as it last reported them. */
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

/** A connector that is kept free for a card. */
export const chargerReservation = object({
  id,
  charger_id: id,
  connector: int,
  rfid: text,
  state: oneOfValues('requested', 'active', 'used', 'cancelled', 'expired', 'rejected', 'failed'),
  expires_at: iso,
  command_id: nullable(id),
  cancel_command_id: nullable(id),
  transaction_id: nullable(id),
  user_id: nullable(id),
  created_at: iso,
});

/** A page of a charger's reservations. */
export const chargerReservationPage = object({
  data: list(chargerReservation),
  meta: object({ per_page: int, next: nullable(text) }),
});

/** What is known of the list of cards at a charger. */
export const localList = object({
  state: oneOfValues('off', 'waiting', 'sending', 'current', 'unsupported', 'disabled', 'failing'),
  version: nullable(int),
  cards: int,
  max_cards: nullable(int),
  left_out: int,
  error: nullable(text),
  synced_at: nullable(iso),
  next_at: nullable(iso),
});

const limitState = oneOfValues('waiting', 'sending', 'applied', 'failing', 'unsupported');

/** Limits of the current of a charger and its connectors. */
export const currentLimits = object({
  limits: list(
    object({
      connector: int,
      amperes: nullable(int),
      target: nullable(int),
      applied: nullable(int),
      state: limitState,
      error: nullable(text),
    }),
  ),
  site_id: nullable(id),
  site_amperes: nullable(int),
});

/** The limit of a site, and who shares it. */
export const siteLimit = object({
  amperes: nullable(int),
  chargers: list(object({ charger_id: id, target: nullable(int), applied: nullable(int), state: limitState })),
});
