import { Injectable } from '@nestjs/common';
import type { Caller, ImportedPowerCenter } from '@open-cpo/contracts';
import { eachInPart, type Importer, type RowToImport, Transactions } from '@open-cpo/persistence';
import { ChargePointWrites } from '../charge-points/charge-point.writes';
import { IDENTIFIER_TAKEN } from '../charge-points/charge-points.repository';

/** Creates power centers, and sets them up where the row says more than a creation can. */
@Injectable()
export class PowerCenterImporter implements Importer<ImportedPowerCenter> {
  readonly batch = 50;
  readonly unique = { identifier: IDENTIFIER_TAKEN };

  constructor(
    private readonly transactions: Transactions,
    private readonly writes: ChargePointWrites,
  ) {}

  add(rows: readonly RowToImport<ImportedPowerCenter>[], caller: Caller): Promise<void> {
    return eachInPart(this.transactions, rows, (row) => this.create(row, caller));
  }

  private async create({ input, errors }: RowToImport<ImportedPowerCenter>, caller: Caller): Promise<{ id: number }> {
    const { external_id: _, title, identifier, category, latitude, longitude, ...rest } = input;
    const { address_line_1, address_line_2, address_line_3, zipcode, city, state, ...details } = rest;
    const address = { address_line_1, address_line_2, address_line_3, zipcode, city, state };
    const { id } = await this.writes.create(
      { title, identifier, category, latitude, longitude, ...address },
      caller,
      errors,
    );
    if (Object.keys(details).length > 0) await this.writes.change({ id, ...details }, caller, errors);
    return { id };
  }
}
