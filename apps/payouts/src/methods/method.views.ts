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

/** The reference's sample repeats the details of an added method here (L1745), which nobody can have. */
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
      ? { ...maskedDetails(details, row.document_type !== null), account_status: row.status }
      : { account_id: row.provider_account, account_status: row.status },
  link: row.link,
});

const hidden = (text: string | null): string | null => (text === null ? null : masked(text));

function maskedDetails({ fullname, userType, TIN, id, accountNumber }: Details, document: boolean) {
  return { fullname, userType, TIN: masked(TIN), id: hidden(id), account_number: hidden(accountNumber), document };
}

/** Where a payout goes, as far as that is shown. */
export const accountShown = (row: MethodRow, { accountNumber, id }: Details): string =>
  row.provider_account ?? masked(accountNumber ?? id ?? '-');
