import { EXAMPLES, exampleHeaders } from './examples';
import type { ExampleRequest, Variant, Verdict } from './examples';
import { mismatches } from './mismatches';
import { OPERATIONS } from './operations';
import { refusalOf } from './answers';
import { matchRoute, operationOf } from './routes';

const named = EXAMPLES.map((example) => ({ example, name: `#${example.number} ${example.method} ${example.url}` }));
const variants = ({ stillRefused, fixed }: ExampleRequest): Variant[] => [...stillRefused, ...(fixed ? [fixed] : [])];
const refused = (verdict: Verdict) => ('refused' in verdict ? verdict : undefined);

describe('the example requests of the reference', () => {
  it('are one for each of the 78 pairs of method and path', () => {
    const pairs = OPERATIONS.flatMap(({ number, methods }) => methods.map((method) => `${number} ${method}`));
    expect(EXAMPLES.map(({ number, method }) => `${number} ${method}`)).toEqual(pairs);
  });

  it.each(named)('$name reaches its operation', ({ example }) => {
    for (const { url } of [example, ...variants(example)])
      expect(matchRoute(example.method, url)?.number).toBe(example.number);
  });

  it.each(named)('$name is judged with an answer that its operation has', ({ example }) => {
    const operation = operationOf(example.number);
    for (const { verdict } of [example, ...variants(example)]) {
      const refusal = refused(verdict);
      if (refusal) expect(refusalOf(operation, refusal.refused).status).toBe(refusal.status);
      else expect(operation.answers.map(({ status }) => status)).toContain((verdict as { accepted: number }).accepted);
    }
  });

  it('are repaired where they are refused, into something that is accepted', () => {
    const unrepaired = EXAMPLES.filter(({ verdict, fixed }) => refused(verdict) !== undefined && !fixed);
    expect(unrepaired).toEqual([]);
    expect(EXAMPLES.filter(({ fixed }) => fixed && refused(fixed.verdict))).toEqual([]);
    expect(EXAMPLES.filter(({ stillRefused }) => stillRefused.some(({ verdict }) => !refused(verdict)))).toEqual([]);
  });

  it('contradict the rules in these operations, and no others', () => {
    const numbers = EXAMPLES.filter(({ verdict }) => refused(verdict)).map(({ number }) => number);
    expect([...new Set(numbers)]).toEqual([33, 34, 35, 37, 47, 50, 51, 53, 57, 59, 63, 65]);
  });

  it('change something when they are repaired, and say why', () => {
    const same = EXAMPLES.flatMap((example) =>
      variants(example).filter(({ why, url, body }) => why === '' || (url === example.url && body === example.body)),
    );
    expect(same).toEqual([]);
  });

  it('give every field error in a form that the operation can answer', () => {
    const wrong = EXAMPLES.flatMap((example) => [example, ...variants(example)].map((one) => ({ ...one, example })))
      .map(({ verdict, example }) => ({ refusal: refused(verdict), operation: operationOf(example.number) }))
      .flatMap(({ refusal, operation }) => {
        if (!refusal?.fields) return [];
        const { letter, shape } = refusalOf(operation, 'invalid');
        const errors = refusal.fields;
        const [first = ['']] = Object.values(errors);
        const fixed =
          shape.kind === 'object' && shape.keys.message?.kind === 'literal' ? shape.keys.message.value : null;
        return mismatches(letter === 'M' ? errors : { success: 0, message: fixed ?? first[0], errors }, shape);
      });
    expect(wrong).toEqual([]);
  });

  it('carry the headers that the reference prints, a body type even without a body', () => {
    expect(EXAMPLES.filter(({ headers }) => headers.Accept !== 'application/json')).toEqual([]);
    expect(EXAMPLES.filter(({ headers }) => headers['Content-Type'] !== 'application/json')).toEqual([]);
    expect(EXAMPLES.filter(({ headers }) => !headers.Authorization).map(({ number }) => number)).toEqual([1]);
    expect(exampleHeaders(true, 'abc').Authorization).toBe('Bearer abc');
  });

  it('have no body with GET or DELETE', () => {
    expect(EXAMPLES.filter(({ method, body }) => body && (method === 'GET' || method === 'DELETE'))).toEqual([]);
  });

  it('carry no cloaked address', () => {
    expect(JSON.stringify(EXAMPLES)).not.toContain('protected');
  });
});
