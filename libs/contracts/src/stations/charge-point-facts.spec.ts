import { accept } from '../fields/accept';
import { chargePointChanged, chargePointRemoved } from './charge-point-facts';

const event = { id: 7, account_id: 1, time_zone: 'UTC', price: null, connectors: [], card: { id: 7, title: 'x' } };

describe('the event of a power center', () => {
  it('is accepted as it was published, also without connectors and without a price', () => {
    const { input, errors } = accept(chargePointChanged.payload, event);
    expect(errors.toMap()).toEqual({});
    expect({ ...input }).toEqual(event);
  });

  it.each(['id', 'account_id', 'time_zone', 'card'])('is not understood without %s', (field) => {
    const { errors } = accept(chargePointChanged.payload, { ...event, [field]: undefined });
    expect(Object.keys(errors.toMap())).toEqual([field]);
  });

  it('goes by one subject a power center, for changes and for the removal', () => {
    expect(chargePointChanged.filter).toBe('facts.stations.charge-points.changed.*');
    expect(chargePointRemoved.filter).toBe('facts.stations.charge-points.removed.*');
    expect(accept(chargePointRemoved.payload, { id: 7, account_id: 1 }).errors.empty).toBe(true);
  });
});
