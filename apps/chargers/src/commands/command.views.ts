import type { ChargerCommand, ChargerSetting } from '@open-cpo/contracts';
import type { Command } from '@open-cpo/ocpp';
import { isCardKey, withoutCredentials, withoutSignature } from '../messages/redaction';

const HIDDEN = '***';

type Row = Omit<ChargerCommand, 'request'> & { readonly request: Command };

/** A command as it is shown; `cards`: whether cards may be. */
export const commandView = ({ request, ...row }: Row, cards: boolean): ChargerCommand => ({
  ...row,
  request: requestView(request, cards),
});

type View<T extends Command['type']> = (
  request: Command & { readonly type: T },
  cards: boolean,
) => Record<string, unknown>;

/** Those whose words are not ours. */
const VIEWS: { readonly [T in Command['type']]?: View<T> } = {
  start: ({ connector, tag }, cards) => ({ connector, rfid: cards ? tag : HIDDEN }),
  stop: ({ transaction }) => ({ transaction_id: transaction }),
  transaction_status: ({ transaction }) => ({ transaction_id: transaction }),
  configure: ({ key, value }, cards) => ({
    key,
    value: isCardKey(key) && !cards ? HIDDEN : withoutCredentials(value),
  }),
  reserve: ({ connector, reservation, until, tag }, cards) => ({
    ...{ connector, reservation_id: reservation, expires_at: until },
    rfid: cards ? tag : HIDDEN,
  }),
  cancel_reservation: ({ reservation }) => ({ reservation_id: reservation }),
  // Its cards are left out as soon as it was answered.
  local_list: (request) => {
    const { version, full, entries, cards } = request as Partial<typeof request> & { readonly cards?: number };
    return { version, full, cards: entries?.length ?? cards };
  },
  limit: ({ connector, amperes }) => ({ connector, amperes }),
  diagnostics: ({ type: _, location, ...rest }) => ({ ...rest, location: withoutSignature(location) }),
  firmware: ({ location, at, signing }) => ({
    ...{ location: withoutSignature(location), retrieve_at: at },
    ...(signing ? { signed: true } : {}),
  }),
};

/** What was asked for, as it is shown. */
export function requestView(request: Command, cards: boolean): Record<string, unknown> {
  const view = VIEWS[request.type] as View<Command['type']> | undefined;
  if (view) return view(request, cards);
  const { type: _, ...rest } = request;
  return rest;
}

/** A setting as it is shown. */
export const settingView = (setting: ChargerSetting, cards: boolean): ChargerSetting =>
  cards || setting.value === null || !isCardKey(setting.key) ? setting : { ...setting, value: HIDDEN };
