import { randomUUID } from 'node:crypto';
import { type ChargerFaulted, chargerFaulted, mailSettings } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { until } from '@open-cpo/testing';
import { AuthUnderTest, type Person } from '../fixture/auth-under-test';
import { FaultMails } from './fault-mails';

describe('faults of chargers', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    [owner, rival] = [await auth.owner(), await auth.owner()];
  });
  afterAll(() => auth?.stop());
  beforeEach(() => auth.database.query('delete from charger_fault_mails'));

  const accountOf = ({ caller }: Person) => caller.identity?.accountId ?? 0;
  const reported = async (more: Partial<ChargerFaulted> = {}): Promise<void> => {
    const eventId = randomUUID();
    const fault = {
      ...{ charger_id: 7, account_id: accountOf(owner), charge_point_id: 70, identity: 'PIER_7', connector_number: 1 },
      ...{
        error_code: 'GroundFailure',
        vendor_error_code: 'E42',
        info: 'call 555',
        reported_at: '2026-05-12T09:02:00Z',
      },
      ...more,
    };
    await auth.service.app.get(EventPublisher).publish({
      subject: `${chargerFaulted.subject}.${fault.charger_id}`,
      eventId,
      payload: JSON.stringify(fault),
      occurredAt: new Date().toISOString(),
    });
    const seen = `select 1 from inbox where consumer = 'auth-charger-faults' and event_id = $1`;
    await until(async () => (await auth.database.query(seen, [eventId])).length > 0, 'the event to be handled');
  };
  const letters = async (person = owner) =>
    (await auth.emailsTo(person.user.email)).filter(({ template }) => template === 'charger-faults');
  const mailed = () => auth.service.app.get(FaultMails).run();
  const later = (minutes: number) =>
    auth.database.query(`update charger_fault_mails set mailed_at = mailed_at - $1 * interval '1 minute'`, [minutes]);

  it('are mailed to those of the account who may see chargers, once an hour for each charger', async () => {
    await reported();
    await reported({ account_id: accountOf(rival), charger_id: 8 });
    expect(await mailed()).toBe(2);
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter?.params).toMatchObject({
      ...{ chargers: '1', charger_0: 'PIER_7', connector_0: '1', code_0: 'GroundFailure' },
      ...{ vendor_0: 'E42', at_0: '2026-05-12 09:02' },
    });
    expect(JSON.stringify(letter?.params)).not.toContain('555');
    await reported({ error_code: 'OverVoltage' });
    await reported({ error_code: 'OverVoltage' });
    await later(59);
    expect(await mailed()).toBe(0);
    await later(2);
    expect(await mailed()).toBe(1);
    expect((await letters())[0]?.params).toMatchObject({ code_0: 'OverVoltage', reports: '2' });
    await later(61);
    expect(await mailed()).toBe(0);
  });

  it('of many chargers at once are one mail, which counts those that it does not show', async () => {
    const before = (await letters()).length;
    for (let charger_id = 100; charger_id < 115; charger_id += 1) await reported({ charger_id, identity: undefined });
    expect(await mailed()).toBe(1);
    await reported({ charger_id: 120 });
    // Another one of the account waits for a few minutes.
    expect(await mailed()).toBe(0);
    const [letter, ...more] = await letters();
    expect(more).toHaveLength(before);
    expect(letter?.params).toMatchObject({ chargers: '15', reports: '15', charger_9: 'no. 109' });
    expect(letter?.params).not.toHaveProperty('charger_10');
  });

  it('are not mailed to a user who has switched it off', async () => {
    const change = (charger_faults: boolean) => auth.bus.call(mailSettings.change, { charger_faults }, owner.caller);
    expect(await auth.bus.call(mailSettings.one, {}, owner.caller)).toEqual({ charger_faults: true });
    await change(false);
    await change(false);
    const entries = `select after from audit_log where subject = 'user' and after ? 'charger_faults'`;
    expect(await auth.database.query(entries)).toEqual([{ after: { charger_faults: false } }]);
    await reported();
    expect(await mailed()).toBe(0);
    await later(61);
    await change(true);
    await reported();
    expect(await mailed()).toBe(1);
  });
});
