import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { encodeResponse } from './responses';
import schemas from './schemas.json';
import { v201 } from '../index';
import schemas201 from '../v201/schemas.json';
import { requestProblems } from './validate';

const SOURCE = join(__dirname, '../../../../tools/ocpp-schemas/schemas.mjs');

describe('the schemas of OCPP 1.6', () => {
  it('are those of the package that they come from', () => {
    const published = JSON.parse(execFileSync(process.execPath, [SOURCE], { encoding: 'utf8' })) as unknown;
    expect(schemas).toEqual(published);
  });

  it('of OCPP 2.0.1 are, too, without descriptions', () => {
    const published = JSON.parse(execFileSync(process.execPath, [SOURCE, '2.0.1'], { encoding: 'utf8' })) as unknown;
    expect(schemas201).toEqual(published);
  });

  it('of OCPP 2.0.1 are kept by every response to a message that is not acted on', () => {
    for (const action of v201.ACKNOWLEDGED) {
      expect(v201.isKnownAction(action)).toBe(true);
      expect(v201.encodeResponse('7', action, v201.acknowledgement(action))).toMatch(/^\[3,"7",\{/);
    }
    expect(() => v201.encodeResponse('7', 'Authorize', {} as never)).toThrow('AuthorizeResponse is not valid');
  });

  it('are compared up to the first error: a message of many errors costs what one of a single error does', () => {
    let read = 0;
    const value = () => {
      const given = { timestamp: '2026-03-01T10:00:00Z' };
      return Object.defineProperty(given, 'sampledValue', { enumerable: true, get: () => void (read += 1) });
    };
    const payload = { connectorId: 1, meterValue: Array.from({ length: 10_000 }, value) };
    expect(requestProblems('MeterValues', payload)).toHaveLength(1);
    expect(read).toBeLessThan(10);
    expect(requestProblems('StatusNotification', {})).toHaveLength(1);
  });

  it('are kept by every response: one that is malformed is not sent', () => {
    const currentTime = '2026-03-01T10:00:00Z';
    expect(encodeResponse('7', 'Heartbeat', { currentTime })).toBe(`[3,"7",{"currentTime":"${currentTime}"}]`);
    const wrong = { transactionId: 1.5, idTagInfo: { status: 'Accepted' as const } };
    expect(() => encodeResponse('7', 'StartTransaction', wrong)).toThrow('/transactionId must be integer');
    expect(() => encodeResponse('7', 'Heartbeat', {} as never)).toThrow("must have required property 'currentTime'");
  });
});
