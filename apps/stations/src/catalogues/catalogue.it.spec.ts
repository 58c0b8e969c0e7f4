import { powerCenterCatalogue } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { change, make, one, owner } from '../test/charge-points';
import { startStations, type Stations } from '../test/stations';
import { AMENITIES } from './amenities';
import { CHARGER_TYPES } from './charger-types';
import { CONNECTORS } from './connectors';

describe('the catalogue', () => {
  let stations: Stations;
  beforeAll(async () => (stations = await startStations('catalogue')));
  afterAll(() => stations?.stop());

  const read = (caller = asStranger()) => stations.bus.call(powerCenterCatalogue.all, {}, caller);

  it('has what power centers can be described with, for everybody', async () => {
    const catalogue = await read();
    const named = (rows: readonly { id: number; name: string }[]) => rows.map(({ id, name }) => ({ id, name }));
    expect(named(catalogue.connectors)).toEqual(named(CONNECTORS));
    expect(named(catalogue.charger_types)).toEqual(named(CHARGER_TYPES));
    expect(named(catalogue.amenities)).toEqual(named(AMENITIES));
    expect(await read(owner())).toEqual(catalogue);
  });

  it('shows them as power centers do', async () => {
    const { id } = await make(stations);
    await change(stations, id, { type: 3, amenities: [2], connectors: [{ id: 5, number: 1 }] });
    const { type, amenities, connectors } = await one(stations, id);
    const catalogue = await read();
    expect(catalogue.charger_types).toContainEqual(type);
    expect(catalogue.amenities).toEqual(expect.arrayContaining(amenities));
    expect(connectors[0]).toMatchObject(catalogue.connectors[4] ?? {});
  });
});
