import { v } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { missingV3 } from '../refusals';
import { list } from '../shape';
import { country, countryDetail } from '../shapes/countries';

/** Countries, for every user. */
export const countryOperations: readonly ReferenceOperation[] = [
  operation(25, 'Get countries', 'GET /api/v3/countries', { answers: [answer('V', v(list(country)))] }),
  operation(26, 'Get country', 'GET /api/v3/countries/{id}', {
    answers: [answer('V', v(countryDetail))],
    refuses: [missingV3()],
  }),
];
