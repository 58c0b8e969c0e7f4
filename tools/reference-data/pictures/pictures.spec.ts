import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from './index';

const ASSETS = join(__dirname, '../../../apps/gateway/assets');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

describe('the committed pictures', () => {
  it.each(Object.keys(pictures()))('%s is there, and of the type its name says', (file) => {
    const magic = file.endsWith('.jpeg') ? JPEG : PNG;
    expect(readFileSync(join(ASSETS, file)).subarray(0, magic.length)).toEqual(magic);
  });

  it('include what the documented answers link to', () => {
    const linked = [
      'images/charge-point-1.jpeg',
      'images/payout-methods/stripe.png',
      'connectors/Type 1.png',
      'connector/CCS1.png',
      'flags/SA.png',
      'images/markers/pin-cp-out-of-service.png',
    ];
    expect(linked.filter((file) => !existsSync(join(ASSETS, file)))).toEqual([]);
  });

  it('have a pin for each state that a map shows', () => {
    expect(readdirSync(join(ASSETS, 'images/markers')).sort()).toEqual([
      'pin-cp-available.png',
      'pin-cp-booked.png',
      'pin-cp-busy.png',
      'pin-cp-out-of-service.png',
    ]);
  });

  it('stay small enough to be part of every image of the gateway', () => {
    const files = readdirSync(ASSETS, { recursive: true, encoding: 'utf8' }).map((file) =>
      statSync(join(ASSETS, file)),
    );
    const bytes = files.filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0);
    expect(bytes).toBeLessThan(3_000_000);
    expect(statSync(join(ASSETS, 'images/charge-point-1.jpeg')).size).toBeLessThan(60_000);
  });
});
