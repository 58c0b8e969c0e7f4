import { Controller } from '@nestjs/common';
import { users } from '@open-cpo/contracts';
import { type RecordingGateway, recordingGateway } from '../fixture/recording-gateway';
import { deprecationHeaders } from './deprecation';
import { declaredRoutes, Input, Route } from './route';

const since = '2027-01-01';

@Controller('api/old')
class OldController {
  @Route('GET', 'going', {
    title: 'Old list',
    description: 'Lists what is old.',
    calls: users.me,
    can: 'token',
    deprecated: { since, sunset: '2027-12-31', instead: '/api/categories/{type}' },
  })
  going(@Input() _input: object) {
    return { id: 1 };
  }

  @Route('GET', 'staying', {
    title: 'Old',
    description: 'Answers what is old.',
    calls: users.me,
    can: 'token',
    deprecated: { since },
  })
  staying(@Input() _input: object) {
    return { id: 1 };
  }
}

describe('a deprecated route', () => {
  let gateway: RecordingGateway;
  let document: { paths: Record<string, { get: Record<string, unknown> }> };
  beforeAll(async () => {
    gateway = await recordingGateway({}, [OldController]);
    document = (await gateway.ask('GET', '/openapi.json')).body as typeof document;
  });
  afterAll(() => gateway?.stop());

  it('answers as ever, and tells since when, until when, and what to use instead', async () => {
    const { status, headers } = await gateway.ask('GET', '/api/old/going');
    expect(status).toBe(200);
    expect(headers.get('deprecation')).toBe('@1798761600');
    expect(headers.get('sunset')).toBe('Fri, 31 Dec 2027 00:00:00 GMT');
    expect(headers.get('link')).toContain('</api/categories/{type}>; rel="successor-version"');
  });

  it('tells nothing of an end that is not decided', async () => {
    const { headers } = await gateway.ask('GET', '/api/old/staying');
    expect([headers.get('deprecation'), headers.get('sunset')]).toEqual(['@1798761600', null]);
    expect(headers.get('link')).toMatch(/rel="deprecation"$/);
  });

  it('tells it to who is refused as well', async () => {
    const { status, headers } = await gateway.ask('GET', '/api/old/staying', { headers: {} });
    expect([status, headers.get('deprecation')]).toEqual([401, '@1798761600']);
  });

  it('is marked in the document, with its headers and in words', () => {
    const { get } = document.paths['/api/old/going'] ?? { get: {} };
    expect(get).toMatchObject({
      deprecated: true,
      description: expect.stringContaining('Use `/api/categories/{type}`'),
    });
    const { headers } = (get.responses as Record<string, { headers: object }>)[200] ?? { headers: {} };
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(['Deprecation', 'Sunset']));
  });
});

describe('the other routes', () => {
  const deprecated = declaredRoutes().filter((route) => route.deprecated && route.controller !== OldController);

  it('that are deprecated last for half a year at least after it was told', () => {
    for (const { deprecated: { since: begun, sunset } = { since } } of deprecated) {
      if (!sunset) continue;
      const halfYear = new Date(begun);
      halfYear.setUTCMonth(halfYear.getUTCMonth() + 6);
      expect(new Date(sunset).getTime()).toBeGreaterThanOrEqual(halfYear.getTime());
    }
  });
});

it('dates are days, and a day begins at midnight UTC', () => {
  expect(deprecationHeaders({ since: '2026-02-28', sunset: '2026-09-01' })).toEqual({
    deprecation: '@1772236800',
    sunset: 'Tue, 01 Sep 2026 00:00:00 GMT',
    link: '</docs>; rel="deprecation"',
  });
});
