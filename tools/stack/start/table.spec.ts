import { summary, table } from './table';

const URLS = {
  gateway: 'http://localhost:3000',
  inbox: 'http://localhost:4000',
  chargers: 'ws://localhost:8887/ocpp',
};

describe('the table at the end', () => {
  it('is aligned', () => {
    expect(
      table([
        ['a', '1'],
        ['long', '2'],
      ]),
    ).toBe('  a     1\n  long  2');
  });

  it('says where everything is and how to log in', () => {
    const text = summary(URLS, true);
    expect(text).toMatch(/^ {2}Dashboard +http:\/\/localhost:3000\/$/m);
    expect(text).toMatch(/^ {2}Gateway +http:\/\/localhost:3000$/m);
    expect(text).toMatch(/^ {2}API documentation +http:\/\/localhost:3000\/docs$/m);
    expect(text).toMatch(/^ {2}Mail inbox +http:\/\/localhost:4000$/m);
    expect(text).toMatch(/^ {2}Chargers \(OCPP\) +ws:\/\/localhost:8887\/ocpp$/m);
    expect(text).toMatch(/owner@demo\.test, rival@demo\.test, viewer@demo\.test.*Charge-2026!/);
  });

  it('names no logins where there is no demo data', () => {
    expect(summary(URLS, false)).not.toContain('demo.test');
  });
});
