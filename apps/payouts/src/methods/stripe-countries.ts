/** Countries where businesses have Stripe accounts of their own. */
const OWN =
  'AE AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GI GR HK HR HU IE IN IT JP LI LT LU LV MT MX MY NL NO NZ PL PT ' +
  'RO SE SG SI SK TH US';

/** Further countries whose accounts can receive transfers across the border. */
const RECIPIENTS =
  'AG AL AM AO AR AZ BA BD BH BJ BN BO BS BT BW CI CL CO CR DO DZ EC EG ET GA GM GT GY ID IL IS JM JO KE KH KR KW KZ ' +
  'LA LC LK MA MC MD MG MK MN MO MU MZ NA NE NG OM PA PE PH PK PY QA RS RW SA SM SN SV TN TR TT TW TZ UY UZ VN ZA';

/**
 * Where Stripe pays owners out (its pages "Global availability" and "Cross-border payouts", by ISO 3166-1 code). An
 * operator's own agreement with Stripe may cover fewer: Stripe then refuses the account, not the payout.
 */
export const STRIPE_COUNTRIES: ReadonlySet<string> = new Set(`${OWN} ${RECIPIENTS}`.split(' '));
