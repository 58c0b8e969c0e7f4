import type { ChargerCommand } from '@open-cpo/contracts';
import type { Command } from '@open-cpo/ocpp';
import { withoutCredentials } from '../messages/redaction';

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
  if (request.type === 'configure') return { key: request.key, value: withoutCredentials(request.value) };
  return rest;
}
