import type { Worker } from '@open-cpo/contracts';
import { changesOf } from './worker.rules';

const worker: Worker = {
  id: 1,
  first_name: 'John',
  last_name: 'Doe',
  name: 'John Doe',
  email: 'john@example.com',
  rfid: null,
  expire_at: '1970-01-01',
  cash_on_hands: null,
};

describe('what a request changes', () => {
  it('is what differs', () => {
    expect(changesOf(worker, { id: 1, first_name: 'Ann', last_name: 'Doe', rfid: '1234' })).toEqual({
      first_name: 'Ann',
      rfid: '1234',
    });
  });

  it('is nothing when it says what is there already, or nothing', () => {
    expect(changesOf(worker, { id: 1 })).toEqual({});
    expect(changesOf(worker, { id: 1, email: 'john@example.com', expire_at: '1970-01-01' })).toEqual({});
  });

  it('is never anything but the five fields', () => {
    const sneaky = { id: 2, name: 'x', account_id: 2, cash_on_hands: '1', deleted_at: 'now' };
    expect(changesOf(worker, sneaky)).toEqual({});
  });
});
