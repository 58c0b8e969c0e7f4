import { accept, Reserve, SendCommand, StartChargerSession, workersCard } from '../index';
import { CreateWorker } from './workers';

describe('the card of a worker', () => {
  it.each(['04:A2:B1:C6', '04 a2 b1 c6', '04-A2-B1-C6', ' 04a2b1c6 ', '04.A2.B1.C6', '04–A2–B1–C6'])(
    'written as %s is 04A2B1C6',
    (rfid) => {
      expect(accept(CreateWorker, { rfid }).input.rfid).toBe('04A2B1C6');
      expect(workersCard(rfid)).toBe('04A2B1C6');
    },
  );

  it.each([StartChargerSession, Reserve, SendCommand])('is the same where a charger is asked for it (%#)', (input) => {
    const card = (rfid: unknown) => {
      const { input: read, errors } = accept<{ rfid?: string | null }>(input, { rfid });
      return errors.has('rfid') ? 'refused' : read.rfid;
    };
    expect(['04:a2:b1:c6', '٠٤ A2 B1 C6', 'anybody7', ''].map(card)).toEqual([
      '04A2B1C6',
      '04A2B1C6',
      'anybody7',
      null,
    ]);
    expect(['TAG-0001', 'x'.repeat(21), 7, {}].map(card)).toEqual(Array(4).fill('refused'));
  });

  it.each(['TAG-0001', 'DE-8AC-C12345678-X', '1f5b7c8e-7a0d-4a0e-9f3b-0a1b2c3d4e5f', '04A', ''])(
    'is never %s',
    (rfid) => {
      expect(workersCard(rfid)).toBeUndefined();
      expect(Object.keys(accept(CreateWorker, { rfid }).errors.toMap())).toContain('rfid');
    },
  );
});
