import { accept } from '../fields/accept';
import { sessionStarted } from './charging';

const read = (more: object) => {
  const message = { version: 1, session_id: 's', charge_point_id: 1, time: '2025-05-12T15:12:39Z', ...more };
  const { input, errors } = accept(sessionStarted.payload, message);
  return { ...input, errors: errors.toMap() };
};

describe('a session that has started', () => {
  it.each([9_007_199_254_740_992, 1.5, -3, 0, '9007199254740992', 'idTag|7'])(
    'is kept without the driver %p, who is no user here',
    (driver_id) => expect(read({ driver_id })).toMatchObject({ driver_id: null, errors: {} }),
  );

  it.each(['a\u0000b', 'x'.repeat(256), '\u0007'])('is kept without the card %j, which cannot be stored', (rfid) => {
    expect(read({ rfid })).toMatchObject({ rfid: null, errors: {} });
  });

  it.each(['04:A2:B1:C6', 'FREE-VEND', 12_345, 'x'.repeat(255)])('is kept with the card %p', (rfid) => {
    expect(read({ rfid })).toMatchObject({ rfid: String(rfid), errors: {} });
  });
});
