const WAITS = /^It waits until (\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}) UTC, because the payout method was changed\.$/;
/** What the platform says of a payout itself; the key of its text, below `payouts`. */
const SAID: Readonly<Record<string, string>> = {
  'The bank transfer is being made.': 'byHand',
  'The provider is being asked.': 'asked',
  'The provider did not answer and is asked again.': 'askedAgain',
  'Stopped by the account’s owner after the payout method was changed.': 'stopped',
};

/** What has become of a payout, in the language of the page; what a provider has answered stays as it is. */
export function payoutResponse(
  response: string,
  texts: (key: string, values: Record<string, string>) => string,
  moment: (iso: string) => string,
): string {
  const [, day, time] = WAITS.exec(response) ?? [];
  if (day && time) return texts('payouts.waits', { when: moment(`${day}T${time}:00Z`) });
  const key = SAID[response];
  return key ? texts(`payouts.${key}`, {}) : response;
}
