import { payoutResponse } from './payout-response';

const shown = (response: string): string =>
  payoutResponse(
    response,
    (key, values) => `${key} ${JSON.stringify(values)}`,
    (iso) => iso,
  );

describe('the response of a payout', () => {
  it('is in the language of the page where the platform says it', () => {
    expect(shown('It waits until 2026-05-12 09:30 UTC, because the payout method was changed.')).toBe(
      'payouts.waits {"when":"2026-05-12T09:30:00Z"}',
    );
    expect(shown('The bank transfer is being made.')).toBe('payouts.byHand {}');
  });

  it('stays as it is where a provider says it', () => {
    expect(shown('Transfer tr_1Abc')).toBe('Transfer tr_1Abc');
  });
});
