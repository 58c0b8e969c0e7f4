import { WalPositions } from './wal-positions';

const MAX_LAG_MS = 5000;

describe('what a replica must have replayed', () => {
  let positions: WalPositions;
  beforeEach(() => {
    positions = new WalPositions(MAX_LAG_MS);
    positions.resumed(0);
    positions.sampled({ at: 1000, lsn: 100 });
  });

  it('is not known before writes are followed and the primary has been asked', () => {
    const fresh = new WalPositions(MAX_LAG_MS);
    fresh.sampled({ at: 1000, lsn: 100 });
    expect(fresh.required(7)).toBe(Infinity);
    fresh.resumed(1500);
    expect(fresh.required(7)).toBe(Infinity);
    fresh.sampled({ at: 1499, lsn: 110 });
    expect(fresh.required(7)).toBe(Infinity);
    fresh.sampled({ at: 1500, lsn: 120 });
    expect(fresh.required(7)).toBe(120);
  });

  it('is what its account has written, as soon as the primary was asked after the write', () => {
    positions.written(7, 1500);
    expect([positions.required(7), positions.required(8), positions.isWaiting]).toEqual([Infinity, 100, true]);
    // Asked for before the write, answered after it.
    positions.sampled({ at: 1499, lsn: 150 });
    expect(positions.required(7)).toBe(Infinity);
    positions.sampled({ at: 1600, lsn: 160 });
    expect([positions.required(7), positions.required(8), positions.isWaiting]).toEqual([160, 100, false]);
  });

  it('is the later one of two writes', () => {
    positions.written(7, 1500);
    positions.sampled({ at: 1600, lsn: 160 });
    positions.written(7, 1700);
    expect(positions.required(7)).toBe(Infinity);
    positions.sampled({ at: 1800, lsn: 180 });
    expect(positions.required(7)).toBe(180);
  });

  it('is all that is older than a replica may be behind', () => {
    for (let at = 2000; at <= 9000; at += 1000) positions.sampled({ at, lsn: at });
    expect(positions.required(7)).toBe(4000);
  });

  it('is more than any replica has while writes may be missed, and what there was when they are followed again', () => {
    positions.interrupted();
    positions.sampled({ at: 2000, lsn: 200 });
    expect([positions.required(7), positions.isWaiting]).toEqual([Infinity, false]);
    positions.resumed(2500);
    positions.sampled({ at: 2600, lsn: 260 });
    expect(positions.required(7)).toBe(260);
  });

  it('holds for every account where one was forgotten', () => {
    positions.written(0, 1500);
    positions.sampled({ at: 1600, lsn: 160 });
    for (let account = 1; account <= 50_000; account += 1) positions.written(account, 1700);
    positions.sampled({ at: 1800, lsn: 180 });
    expect(positions.required(0)).toBe(160);
  });

  it('begins again at a new primary that has less than the old one', () => {
    positions.written(7, 1500);
    positions.sampled({ at: 1600, lsn: 160 });
    positions.sampled({ at: 2000, lsn: 50 });
    expect([positions.required(7), positions.required(8)]).toEqual([50, 50]);
  });

  it('shows for how long a replica has been behind', () => {
    for (let at = 2000; at <= 9000; at += 1000) positions.sampled({ at, lsn: at });
    expect([positions.lagOf(9000, 9500), positions.lagOf(6500, 9500), positions.lagOf(1, 9500)]).toEqual([0, 2.5, 8.5]);
  });
});
