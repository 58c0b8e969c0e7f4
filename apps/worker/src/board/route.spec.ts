import { Route } from './route';

describe('a path of the queue board', () => {
  it('tells what is in the path', () => {
    expect(new Route('/api/queues/:queueName/:jobId/retry').params('/api/queues/emails/emails-5/retry')).toEqual({
      queueName: 'emails',
      jobId: 'emails-5',
    });
  });

  it.each(['/api/queues/emails', '/api/queues/emails/5/retry/6', '/x/api/queues/emails/5', '/api/queues//5'])(
    'is not %s',
    (path) => {
      expect(new Route('/api/queues/:queueName/:jobId').params(path)).toBeUndefined();
    },
  );

  it('is without parameters where none are declared', () => {
    expect(new Route('/').params('/')).toEqual({});
  });

  it('reads escapes, also broken ones', () => {
    const route = new Route('/queue/:queueName');
    expect(route.params('/queue/a%20b')).toEqual({ queueName: 'a b' });
    expect(route.params('/queue/a%')).toEqual({ queueName: 'a%' });
  });
});
