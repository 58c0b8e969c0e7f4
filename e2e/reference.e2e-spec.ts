import { reference } from '@open-cpo/testing';
import { type Answer, at, demoUser, send } from './client';
import { BROUGHT_ABOUT, type Given, givenFor, WAITING } from './reference-givens';

type Request = Pick<reference.ExampleRequest, 'url' | 'body' | 'verdict'>;

/** The first number of a path names the thing; `/api/v3` is none, and country 4 belongs to no account. */
const withId = (url: string, id?: number): string =>
  id === undefined ? url : url.replace(/\/\d+(?=\/|\?|$)/, `/${id}`);

/** Resources that another service has to receive first. */
const EVENTUAL = new Set<reference.OperationNumber>([30, 45]);

const sendOnce = (method: string, { url, body }: Request, given: Given): Promise<Answer> =>
  send(method, withId(url, given.id), {
    token: given.token,
    ...(body ? { body: { ...body, ...given.body } } : {}),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  });

async function call(
  number: reference.OperationNumber,
  method: string,
  request: Request,
  given: Given,
): Promise<Answer> {
  for (;;) {
    const answer = await sendOnce(method, request, given);
    if (answer.status !== 404 || !EVENTUAL.has(number)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function holds(number: reference.OperationNumber, { verdict }: Request, answer: Answer): void {
  const operation = reference.operationOf(number);
  if ('accepted' in verdict) {
    expect([answer.status, answer.status === verdict.accepted ? '' : answer.text]).toEqual([verdict.accepted, '']);
    const { shape } = reference.answerOf(operation, { status: answer.status });
    const isFile = answer.headers.has('content-disposition');
    expect(reference.mismatches(isFile ? answer.bytes : (answer.body ?? answer.text), shape)).toEqual([]);
    return;
  }
  expect(answer.status).toBe(verdict.status);
  expect(reference.mismatches(answer.body, reference.refusalOf(operation, verdict.refused).shape)).toEqual([]);
  for (const [field, texts] of Object.entries(verdict.fields ?? {})) {
    expect(
      (at<Record<string, unknown>>(answer, 'errors') ?? answer.body)[field] ??
        (answer.body as Record<string, unknown>)[field],
    ).toEqual(texts);
  }
}

async function liveNumbers(): Promise<Set<reference.OperationNumber>> {
  const { body } = await send('GET', '/openapi.json');
  const paths = (body as { paths: Record<string, object> }).paths;
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ method: method.toUpperCase() as reference.Method, path })),
  );
  return new Set(reference.liveOperations(routes).live.map(({ number }) => number));
}

describe("the reference's own example requests", () => {
  let live = new Set<reference.OperationNumber>();
  beforeAll(async () => {
    live = await liveNumbers();
    process.stderr.write(
      `${[...live].filter((number) => typeof number === 'number').length} of 73 operations are live\n`,
    );
  });

  const examples = reference.EXAMPLES.filter(({ number }) => !WAITING.has(number) && !BROUGHT_ABOUT.has(number));
  it.each(examples.map((example) => [`#${example.number} ${example.method} ${example.url}`, example] as const))(
    '%s',
    async (_name, example) => {
      if (!live.has(example.number)) return;
      holds(
        example.number,
        example,
        await call(example.number, example.method, example, await givenFor(example.number)),
      );
      for (const variant of [...example.stillRefused, ...(example.fixed ? [example.fixed] : [])]) {
        holds(
          example.number,
          variant,
          await call(example.number, example.method, variant, await givenFor(example.number)),
        );
      }
    },
  );
});

describe('strangers', () => {
  it('are refused by every documented operation but those of logging in', async () => {
    const live = await liveNumbers();
    for (const operation of reference.OPERATIONS.filter(({ number, auth }) => auth && live.has(number))) {
      const path = operation.path.replace(/\{type\}/, 'charging-site').replace(/\{\w+\}/g, '1');
      const answer = await send(operation.methods[0] ?? 'GET', path);
      expect([operation.number, answer.status]).toEqual([operation.number, 401]);
    }
  });
});

describe('the demo data', () => {
  it('shows the same shapes as what was just made', async () => {
    const token = await demoUser('owner');
    const list = await send('GET', '/api/charge-points', { token });
    // The first 24: another test may just have one more, and take it away.
    const ids = (list.body as { id: number }[]).map(({ id }) => id).sort((a, b) => a - b);
    expect(ids.length).toBeGreaterThanOrEqual(24);
    const { shape } = reference.answerOf(reference.operationOf(43));
    for (const id of ids.slice(0, 24)) {
      const one = await send('GET', `/api/charge-points/${id}`, { token });
      expect(reference.mismatches(one.body, shape)).toEqual([]);
    }
  });
});
