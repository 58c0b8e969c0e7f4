import { Injectable } from '@nestjs/common';
import type { ChangeChargePoint, CreateChargePoint, FieldErrors, MountedConnector } from '@open-cpo/contracts';
import { CurrencyRates } from '@open-cpo/persistence';
import { currencyOf } from './charge-point.changes';
import type { WholeRow } from './charge-point.rows';
import type { Remounting } from './charge-point.rules';
import { ChargePointsRepository, IDENTIFIER_TAKEN } from './charge-points.repository';

const invalid = (field: string, label = field): [string, string] => [field, `The selected ${label} is invalid.`];

/** What only the tables know about a request; it goes into the same map as what is wrong with its shape. */
@Injectable()
export class ChargePointChecks {
  constructor(
    private readonly repository: ChargePointsRepository,
    private readonly rates: CurrencyRates,
  ) {}

  async creation({ identifier }: CreateChargePoint, errors: FieldErrors): Promise<void> {
    if (identifier && (await this.repository.isTaken(identifier))) errors.add('identifier', IDENTIFIER_TAKEN);
  }

  async change(input: ChangeChargePoint, old: WholeRow, ofCaller: string, errors: FieldErrors): Promise<void> {
    const { type = null, amenities, connectors, time_zone } = input;
    await this.zone(time_zone, errors);
    if (type !== null || amenities?.length || connectors?.length) await this.references(input, errors);
    duplicates(connectors ?? [], errors);
    const priced = typeof input.price === 'string' || input.price_currency;
    if (!priced || errors.has('price_currency') || this.rates.has(currencyOf(input, old, ofCaller))) return;
    errors.add(...invalid('price_currency', 'price currency'));
  }

  private async zone(name: string | null | undefined, errors: FieldErrors): Promise<void> {
    if (name && !(await this.repository.isZone(name))) errors.add(...invalid('time_zone', 'time zone'));
  }

  /** A cable under current stays where it is. */
  mounting({ dropped }: Remounting, errors: FieldErrors): void {
    for (const { number, status } of dropped) {
      if (status !== 'busy') continue;
      errors.add('connectors', `A charging session is active on connector ${number ?? 'without a number'}.`);
    }
  }

  private async references({ type, amenities, connectors }: ChangeChargePoint, errors: FieldErrors): Promise<void> {
    const kinds = (connectors ?? []).flatMap(({ id }) => id ?? []);
    const exist = await this.repository.references(type ?? null, amenities ?? [], kinds);
    const check = (field: string, known: readonly number[], id: number | null | undefined): void => {
      if (typeof id === 'number' && !known.includes(id) && !errors.has(field)) errors.add(...invalid(field));
    };
    check('type', exist.types, type);
    amenities?.forEach((id, index) => check(`amenities.${index}`, exist.amenities, id));
    connectors?.forEach(({ id }, index) => check(`connectors.${index}.id`, exist.connectors, id));
  }
}

/** Chargers number their connectors. */
function duplicates(connectors: readonly MountedConnector[], errors: FieldErrors): void {
  const seen = new Set<number>();
  connectors.forEach(({ number }, index) => {
    if (typeof number !== 'number') return;
    const field = `connectors.${index}.number`;
    if (seen.has(number)) errors.add(field, `The ${field} field has a duplicate value.`);
    seen.add(number);
  });
}
