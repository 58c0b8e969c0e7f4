import { summary, table } from './table';

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
    const text = summary('http://localhost:3000', 'http://localhost:4000', true);
    expect(text).toMatch(/^ {2}Gateway +http:\/\/localhost:3000$/m);
    expect(text).toMatch(/^ {2}API documentation +http:\/\/localhost:3000\/docs$/m);
    expect(text).toMatch(/^ {2}Mail inbox +http:\/\/localhost:4000$/m);
    expect(text).toMatch(/owner@demo\.test, rival@demo\.test, viewer@demo\.test.*Charge-2026!/);
  });

  it('names no logins where there is no demo data', () => {
    expect(summary('http://localhost:3000', 'http://localhost:4000', false)).not.toContain('demo.test');
  });
});
