import { aBare, aList, aObject, aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import { site } from '../shapes/sites';

const one = answer('A-object', aObject(site));
const refuses = [invalid('Validation error.', { name: ['The name field is required.'] })];

/** Sites. */
export const siteOperations: readonly ReferenceOperation[] = [
  operation(61, 'Sites list (datatable).', 'GET /api/charging-sites/datatable', {
    can: 'sites.view',
    answers: [answer('A-page', aPage(site))],
  }),
  operation(62, 'Sites list.', 'GET /api/charging-sites', {
    can: 'sites.view',
    answers: [answer('A-list', aList(site))],
  }),
  operation(63, 'Create a new site.', 'POST /api/charging-sites', { can: 'sites.create', answers: [one], refuses }),
  operation(64, 'Get details of a specific site.', 'GET /api/charging-sites/{id}', {
    can: 'sites.view',
    answers: [one],
  }),
  operation(65, 'Update an existing site.', 'PUT,PATCH /api/charging-sites/{id}', {
    can: 'sites.update',
    answers: [one],
    refuses,
  }),
  operation(66, 'Delete a site.', 'DELETE /api/charging-sites/{id}', {
    can: 'sites.delete',
    answers: [answer('A-bare', aBare())],
  }),
];
