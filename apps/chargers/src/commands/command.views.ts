import type { ChargerCommand, ChargerSetting } from '@open-cpo/contracts';
import type { Command } from '@open-cpo/ocpp';
import { isCardKey, withoutCredentials } from '../messages/redaction';

const HIDDEN = '***';

type Row = Omit<ChargerCommand, 'request'> & { readonly request: Command };

/** A command as it is shown; `cards`: whether cards may be. */
export const commandView = ({ request, ...row }: Row, cards: boolean): ChargerCommand => ({
  ...row,
  request: requestView(request, cards),
});

function requestView(request: Command, cards: boolean): Record<string, unknown> {
  const { type: _, ...rest } = request;
  if (request.type === 'start') return { connector: request.connector, rfid: cards ? request.tag : HIDDEN };
  if (request.type === 'stop') return { transaction_id: request.transaction };
  if (request.type === 'configure') {
    const { key, value } = request;
    return { key, value: isCardKey(key) && !cards ? HIDDEN : withoutCredentials(value) };
  }
  return rest;
}

/** A setting as it is shown. */
export const settingView = (setting: ChargerSetting, cards: boolean): ChargerSetting =>
  cards || setting.value === null || !isCardKey(setting.key) ? setting : { ...setting, value: HIDDEN };
