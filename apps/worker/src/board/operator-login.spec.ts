import { isOperator } from './operator-login';

const PASSWORD = 'a long: password with ü';
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the login of the queue board', () => {
  it('is the operator with the password', () => {
    expect(isOperator(basic(`operator:${PASSWORD}`), PASSWORD)).toBe(true);
    expect(isOperator(basic(`operator:${PASSWORD}`).replace('Basic', 'basic'), PASSWORD)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['another scheme', `Bearer ${PASSWORD}`],
    ['the bare password', PASSWORD],
    ['another name', basic(`admin:${PASSWORD}`)],
    ['another password', basic('operator:a long')],
    ['no password', basic('operator:')],
    ['a longer one', basic(`operator:${PASSWORD}x`)],
    ['what is no base64', 'Basic ***'],
  ])('is not %s', (_what, header) => {
    expect(isOperator(header, PASSWORD)).toBe(false);
  });
});
