import { knownRawRequests, SMUGGLED } from './requests/raw-requests';
import { faultsOf } from './raw-fuzz';

const smuggling = knownRawRequests.find(({ bytes }) => bytes.includes(SMUGGLED)) ?? { what: '', bytes: '' };
const said = (status: number, body: string): string => `HTTP/1.1 ${status} X\r\nContent-Length: 1\r\n\r\n${body}`;
const REFUSAL = '{"success":0,"msg":"No.","msg_arabic":"x"}';

describe('an answer to hostile bytes', () => {
  it('may be a refusal, or none at all', () => {
    expect(faultsOf(smuggling, { statuses: [400], text: said(400, REFUSAL), hung: false })).toEqual([]);
    expect(faultsOf(smuggling, { statuses: [], text: '', hung: false })).toEqual([]);
  });

  it('is a finding when the server goes on with what was hidden in a message that it refused', () => {
    const text = said(400, REFUSAL) + said(404, REFUSAL);
    expect(faultsOf(smuggling, { statuses: [400, 404], text, hung: false })).toHaveLength(1);
  });

  it.each([
    ['a hang', { statuses: [], text: '', hung: true }, /hang/],
    ['a 500', { statuses: [500], text: said(500, REFUSAL), hung: false }, /status 500/],
    ['a page', { statuses: [400], text: said(400, '<h1>Bad</h1>'), hung: false }, /shape/],
    ['a stack', { statuses: [400], text: said(400, `${REFUSAL} at x (/a/b.js:1:2)`), hung: false }, /stack/],
  ])('is a finding when it is %s', (_what, answer, fault) => {
    expect(faultsOf(smuggling, answer).join()).toMatch(fault);
  });
});
