import { Rejected, verdictOn } from './rejected';

const smtp = (code: string, responseCode?: number): Error => Object.assign(new Error('words'), { code, responseCode });

describe('what a mail server answers', () => {
  it.each([
    ['EENVELOPE', 550],
    ['EMESSAGE', 554],
    ['EENVELOPE', 599],
  ])('%s %d is final', (code, responseCode) => {
    expect(verdictOn(smtp(code, responseCode))).toEqual(new Rejected('words'));
  });

  it.each([
    ['EENVELOPE', 421],
    ['EENVELOPE', 451],
    ['EMESSAGE', 452],
    ['EAUTH', 535],
    ['ETLS', 501],
    ['ETIMEDOUT', undefined],
    ['ECONNECTION', undefined],
    ['EDNS', undefined],
  ])('%s %s may pass', (code, responseCode) => {
    const error = smtp(code, responseCode);
    expect(verdictOn(error)).toBe(error);
  });
});
