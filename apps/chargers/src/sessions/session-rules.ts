import { type FieldErrors, type PriceUnit, Refusal, type StartChargerSession } from '@open-cpo/contracts';
import { tagOf } from '@open-cpo/ocpp';
import type { Offer } from '../charge-points/charge-points.repository';
import type { ConnectorUse } from './sessions.repository';
import type { SessionTerms } from './terms';

/** Statuses of a connector at which no session can begin; a vehicle may be plugged in before (`Preparing`, `Occupied`). */
const UNUSABLE = ['charging', 'suspendedev', 'suspendedevse', 'reserved', 'unavailable', 'faulted'];
const OUT_OF_ORDER = ['unavailable', 'faulted'];

/** What is asked for, with what does not fit the power center added to the errors. */
export function termsOf(input: StartChargerSession, offer: Offer | undefined, errors: FieldErrors): SessionTerms {
  const { payment, driver_id = null } = input;
  const requested_quantity = input.requested_quantity ?? 'FULL';
  const unit = unitOf(input, offer?.price_unit ?? null, errors);
  const isKnown = offer?.connector_numbers?.includes(input.connector) ?? true;
  if (!isKnown) errors.add('connector', 'The selected connector is invalid.');
  return { payment, unit, requested_quantity, driver_id, rfid: cardOf(input, errors) };
}

/** An order counts one unit: what it sells. */
function unitOf({ unit, requested_quantity }: StartChargerSession, sold: PriceUnit | null, errors: FieldErrors) {
  const asked = unit ?? sold;
  if (sold && asked !== sold) errors.add('unit', `The unit must be that which the power center sells: ${sold}.`);
  const isLimited = (requested_quantity ?? 'FULL') !== 'FULL';
  if (asked === null && isLimited) errors.add('unit', 'The unit field is required.');
  return asked;
}

function cardOf({ payment, rfid }: StartChargerSession, errors: FieldErrors): string | null {
  const card = tagOf(rfid ?? undefined) ?? null;
  if (payment === 'cash' && card === null) errors.add('rfid', 'The rfid field is required when payment is cash.');
  if (payment !== 'cash' && card !== null) errors.add('rfid', 'The rfid field is for payment in cash.');
  return card;
}

/** `accounts`: those that may begin electronic sessions, as they are set. @throws Refusal `forbidden` */
export function permit({ payment, driver_id }: SessionTerms, accountId: number, accounts: string): void {
  if (payment !== 'electronic' && driver_id === null) return;
  const isTrusted = accounts === '*' || accounts.split(',').some((id) => Number(id) === accountId && id.trim() !== '');
  if (isTrusted) return;
  throw new Refusal('forbidden', { message: 'The account may not begin electronic sessions or name drivers.' });
}

/** @throws Refusal `connector_unavailable` */
export function refuseUnusable({ starting, charging, status, charger_status }: ConnectorUse): void {
  const refuse = (message: string): never => {
    throw new Refusal('connector_unavailable', { message });
  };
  if (starting) refuse('A session is being started on the connector.');
  if (charging) refuse('A session goes on at the connector.');
  if (OUT_OF_ORDER.includes(String(charger_status).toLowerCase())) refuse(`The charger is ${charger_status}.`);
  if (UNUSABLE.includes(String(status).toLowerCase())) refuse(`The connector is ${status}.`);
}
