import { example } from './example';

const given = "a category of the caller's under this id";

/** Categories. */
export const categoryExamples = [
  ...example(16, '/api/categories/charging-site/datatable?search=suscipit&itemsPerPage=15'),
  ...example(17, '/api/categories/charging-site'),
  ...example(18, '/api/categories', { body: { type: 'charging-site', name: 'Electronics' } }),
  ...example(19, '/api/categories/1', { given }),
  ...example(20, '/api/categories/1', { body: { name: 'Electronics' }, given }),
  ...example(21, '/api/categories/1', { given }),
];
