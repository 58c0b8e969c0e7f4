import { listStateOf, otherQuery, queryOfList } from './url-state';

const SORTABLE = ['price', 'energy'];

describe('the state of a list', () => {
  it('is in the address, without what is as at first', () => {
    expect(queryOfList(listStateOf({}, SORTABLE))).toEqual({});
    const query = { page: '3', size: '50', q: 'mall & co', sort: '-price' };
    expect(listStateOf(query, SORTABLE)).toEqual({
      page: 3,
      itemsPerPage: 50,
      search: 'mall & co',
      sortBy: [{ key: 'price', order: 'desc' }],
    });
    expect(queryOfList(listStateOf(query, SORTABLE))).toEqual(query);
  });

  it('has a first order of its own', () => {
    const first = { sortBy: [{ key: 'price', order: 'desc' as const }] };
    expect(listStateOf({}, SORTABLE, first).sortBy).toEqual(first.sortBy);
    expect(queryOfList(listStateOf({}, SORTABLE, first), first)).toEqual({});
    expect(queryOfList({ ...listStateOf({}, SORTABLE, first), sortBy: [] }, first)).toEqual({ sort: '' });
    expect(listStateOf({ sort: '' }, SORTABLE, first).sortBy).toEqual([]);
  });

  it.each([
    { page: '0' },
    { page: '-1' },
    { page: '1e9' },
    { page: ['2', '3'] },
    { size: '7' },
    { size: '100000' },
    { sort: 'password' },
    { sort: '--price' },
  ])('ignores what it does not understand: %j', (query) => {
    expect(listStateOf(query, SORTABLE)).toEqual({ page: 1, itemsPerPage: 15, search: '', sortBy: [] });
  });

  it('leaves alone what else is in the address', () => {
    expect(otherQuery({ page: '3', q: 'mall', sort: '-price', size: '50', state: 'connected' })).toEqual({
      state: 'connected',
    });
  });
});
