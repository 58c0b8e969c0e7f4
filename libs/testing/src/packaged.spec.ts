import { packaged } from './packaged';

it.each([
  ['/srv/x/usr/lib/postgresql/17/bin/psql', '/srv/x/usr/lib/x86_64-linux-gnu'],
  ['/home/usr/x/usr/bin/redis-server', '/home/usr/x/usr/lib/x86_64-linux-gnu'],
  ['redis-server', '/usr/lib/x86_64-linux-gnu'],
])('the libraries of %s are in %s', (program, libraries) => {
  expect(packaged(program, { A: '1' })).toEqual({ A: '1', LD_LIBRARY_PATH: libraries });
  expect(packaged(program, { LD_LIBRARY_PATH: '/own' })).toEqual({ LD_LIBRARY_PATH: `/own:${libraries}` });
});
