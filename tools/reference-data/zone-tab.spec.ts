import { degrees, parseZoneTab } from './zone-tab';

describe('zone.tab', () => {
  it('is read row by row, without its comments', () => {
    const text =
      '# a comment\nJO\t+3157+03556\tAsia/Amman\nUS\t+404251-0740023\tAmerica/New_York\tEastern (most areas)\n';
    expect(parseZoneTab(text)).toEqual([
      { iso: 'JO', zone: 'Asia/Amman', latitude: '31.95', longitude: '35.93333' },
      { iso: 'US', zone: 'America/New_York', latitude: '40.71416', longitude: '-74.00639' },
    ]);
  });

  it('is refused when a row has no coordinates', () => {
    expect(() => parseZoneTab('JO\tsomewhere\tAsia/Amman')).toThrow('Not a row of zone.tab');
  });

  it('gives the documented coordinates of Riyadh', () => {
    expect([degrees('+2438', 2), degrees('+04643', 3)]).toEqual(['24.63333', '46.71666']);
  });
});
