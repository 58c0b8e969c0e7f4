import { chargerOptions } from './options';
import { SimulatedMeter } from './simulated-meter';

const KNOWN = ['--identity', 'CP-1', '--password', 'secret'];

describe('the simulated charger', () => {
  it('needs a credential, and has a default for the rest', () => {
    expect(() => chargerOptions(['--identity', 'CP-1'])).toThrow('--password');
    expect(chargerOptions(KNOWN)).toEqual({
      url: 'ws://localhost:8887/ocpp',
      protocol: '1.6',
      identity: 'CP-1',
      password: 'secret',
      card: '04A2B1C6',
      kilowatts: 11,
      seconds: 60,
      every: 180,
      once: false,
    });
  });

  it('takes the address as the platform shows it', () => {
    expect(chargerOptions([...KNOWN, '--url', 'wss://a.test/ocpp/CP-1']).url).toBe('wss://a.test/ocpp');
    expect(() => chargerOptions([...KNOWN, '--url', 'http://a.test'])).toThrow('--url');
    expect(() => chargerOptions([...KNOWN, '--every', '0'])).toThrow('--every');
  });

  it('connects to the running platform by default', () => {
    expect(chargerOptions(KNOWN, 'ws://localhost:9000/ocpp').url).toBe('ws://localhost:9000/ocpp');
    expect(chargerOptions([...KNOWN, '--url', 'ws://a.test/ocpp'], 'ws://b.test/ocpp').url).toBe('ws://a.test/ocpp');
  });

  it('speaks OCPP 1.6 or 2.0.1', () => {
    expect(chargerOptions([...KNOWN, '--protocol', '2.0.1']).protocol).toBe('2.0.1');
    expect(() => chargerOptions([...KNOWN, '--protocol', '2.1'])).toThrow('--protocol is one of 1.6, 2.0.1');
  });

  it('counts energy by time and power', () => {
    const meter = new SimulatedMeter(11);
    meter.begin(0);
    expect(meter.advance(3_600_000)).toBe(12_000);
    meter.begin(7_200_000);
    expect(meter.advance(7_200_000)).toBe(12_000);
  });
});
