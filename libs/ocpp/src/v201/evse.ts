import type { Fields } from '../v16/fields';

/** Numbers of connectors that an EVSE can have. */
const MAX_CONNECTORS = 99;
const MAX_NUMBER = 10_000;

/**
 * The number that a power center has for a connector of an EVSE. The first connector of an EVSE has the number of the EVSE, as
 * most chargers have one connector each; a further one has `100 × EVSE + connector`. 0 is the charger itself.
 */
export function connectorNumber(evse: number, connector = 1): number | undefined {
  if (evse < 0 || connector < 0 || connector > MAX_CONNECTORS) return undefined;
  const number = evse === 0 || connector <= 1 ? evse : evse * 100 + connector;
  return number <= MAX_NUMBER ? number : undefined;
}

/** The EVSE and connector that a number of the power center stands for. */
export const evseOf = (number: number): { readonly id: number; readonly connectorId: number } =>
  number > 100 && number % 100 > 1
    ? { id: Math.floor(number / 100), connectorId: number % 100 }
    : { id: number, connectorId: 1 };

/** The number of the connector in fields such as `{ evseId, connectorId }`; absent where they name none. */
export function connectorIn(fields: Fields, evseName: string): number | undefined {
  const [evse, connector] = [fields.integer(evseName), fields.integer('connectorId')];
  if (evse === undefined) return undefined;
  const number = connectorNumber(evse, connector);
  return number ?? fields.unreadable();
}
