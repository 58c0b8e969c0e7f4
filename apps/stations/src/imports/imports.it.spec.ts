import { randomUUID } from 'node:crypto';
import { chargePoints, importColumnsOf, type ImportJob, powerCenterImports } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { owner } from '../test/charge-points';
import { startStations, type Stations } from '../test/stations';

describe('imports of power centers', () => {
  let stations: Stations;
  beforeAll(async () => (stations = await startStations('power_center_imports')));
  afterAll(() => stations?.stop());

  const imported = async (
    cells: Record<string, string>,
    dry_run = false,
  ): Promise<Pick<ImportJob, 'created' | 'unchanged' | 'failed'>> => {
    const { bus } = stations;
    const file = { object: `import-${randomUUID()}`, size: 1000, digest: 'x', dry_run };
    const { id: importId } = await bus.call(powerCenterImports.start, file, owner());
    const ref = { importId, run: randomUUID() };
    await bus.call(powerCenterImports.begin, ref, internalCaller());
    const batch = { ...ref, from: 0, rows: [{ line: 2, cells }], bytes: 500 };
    await bus.call(powerCenterImports.batch, batch, owner());
    await bus.call(powerCenterImports.finished, ref, internalCaller());
    const { created, unchanged, failed } = await bus.call(powerCenterImports.one, { importId }, owner());
    return { created, unchanged, failed };
  };

  it('accept the example of the template, which is at a place of the earth', async () => {
    const cells = Object.fromEntries(importColumnsOf('power-centers').map(({ name, example }) => [name, example]));
    expect(await imported(cells, true)).toEqual({ created: 1, unchanged: 0, failed: 0 });
    expect(Math.abs(Number(cells.latitude))).toBeLessThanOrEqual(90);
    expect(Math.abs(Number(cells.longitude))).toBeLessThanOrEqual(180);
  });

  it('make a power center again that was removed', async () => {
    const cells = { external_id: 'A-1', title: 'Main square', category: 'EV_CHARGER', price: '15.50' };
    const made = { created: 1, unchanged: 0, failed: 0 };
    const kept = { created: 0, unchanged: 1, failed: 0 };
    expect([await imported(cells), await imported(cells)]).toEqual([made, kept]);
    const [one] = (await stations.bus.call(chargePoints.table, {}, owner())).data;
    await stations.bus.call(chargePoints.remove, { id: one?.id ?? 0 }, owner());
    expect([await imported(cells), await imported(cells)]).toEqual([made, kept]);
  });
});
