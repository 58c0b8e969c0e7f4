import { deviceOf } from './device-family';

describe('the family of a device', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on Windows'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0', 'Firefox on Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
      'Safari on iOS',
    ],
    ['okhttp/4.12.0', 'Android app'],
    ['OpenCPO/12 CFNetwork/1494.0.7 Darwin/23.4.0', 'iOS app'],
    ['curl/8.5.0', 'Program'],
    ['node', 'Program'],
    ['Pay-here.example/1.0 (your account is locked)', 'Unknown device'],
    ['', 'Unknown device'],
    [undefined, 'Unknown device'],
  ])('of %j is %s', (userAgent, device) => {
    expect(deviceOf({ userAgent })).toBe(device);
  });
});
