import { aBare, aList, aObject, aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import { category } from '../shapes/categories';

const NAME = { name: ['The name field is required.'] };
const one = answer('A-object', aObject(category));

/** Categories: a segment of digits names one, any other a type. */
export const categoryOperations: readonly ReferenceOperation[] = [
  operation(16, 'Categories list (datatable)', 'GET /api/categories/{type}/datatable', {
    can: 'categories.view',
    answers: [answer('A-page', aPage(category))],
  }),
  operation(17, 'Categories list', 'GET /api/categories/{type}', {
    can: 'categories.view',
    answers: [answer('A-list', aList(category))],
  }),
  operation(18, 'Create a new category.', 'POST /api/categories', {
    can: 'categories.create',
    answers: [one],
    refuses: [invalid('Validation failed.', { ...NAME, type: ['The type field is required.'] })],
  }),
  operation(19, 'Get details of a specific category.', 'GET /api/categories/{id}', {
    can: 'categories.view',
    answers: [one],
  }),
  operation(20, 'Update an existing category.', 'PUT,PATCH /api/categories/{id}', {
    can: 'categories.update',
    answers: [one],
    refuses: [invalid('Validation failed.', NAME)],
  }),
  operation(21, 'Delete a category.', 'DELETE /api/categories/{id}', {
    can: 'categories.delete',
    answers: [answer('A-bare', aBare())],
  }),
];
