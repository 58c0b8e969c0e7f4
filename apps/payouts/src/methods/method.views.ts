import type { PayoutMethod } from '@open-cpo/contracts';
import type { CatalogueEntry } from './catalogue';
import { type Details, masked } from './details';
import type { MethodRow } from './methods.repository';

const shown = ({ id, name, description }: CatalogueEntry, logos: string) => ({
  id,
  logo: `${logos}/${name}.png`,
  name,
  description,
});

/** The reference's sample repeats the details of an added method here (L1745), which is impossible. */
export const availableView = (entry: CatalogueEntry, logos: string): PayoutMethod => ({
  ...shown(entry, logos),
  details: null,
  link: null,
});

/** Of Stripe the account and its state alone (reference L1700). */
export const addedView = (entry: CatalogueEntry, row: MethodRow, details: Details, logos: string): PayoutMethod => ({
  ...shown(entry, logos),
  details:
    row.provider_account === null
      ? { ...maskedDetails(details, row.document_type !== null), account_status: statusOf(row) }
      : { account_id: row.provider_account, account_status: statusOf(row) },
  link: row.link,
});

/** One that its owner has stopped is refused, whatever its provider says. */
const statusOf = ({ stopped_at, status }: MethodRow): string => (stopped_at ? 'Rejected' : status);

const hidden = (text: string | null): string | null => (text === null ? null : masked(text));

function maskedDetails({ fullname, userType, TIN, id, accountNumber, bic }: Details, document: boolean) {
  const account = { account_number: hidden(accountNumber), ...(bic ? { bic } : {}) };
  return { fullname, userType, TIN: masked(TIN), id: hidden(id), ...account, document };
}

/** Where a payout goes, as far as that is shown. */
export const accountShown = (row: MethodRow, { accountNumber, id }: Details): string =>
  row.provider_account ?? masked(accountNumber ?? id ?? '-');
