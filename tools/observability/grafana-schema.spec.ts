import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, dashboards } from './committed';
import { dashboardProblems } from './grafana-schema';

describe('the schema of dashboards', () => {
  const [, first] = dashboards()[0] ?? [];
  const panels = first?.panels ?? [];

  it('is that of the Grafana in compose', () => {
    const { version } = JSON.parse(
      readFileSync(join(checkout, 'node_modules/@grafana/schema/package.json'), 'utf8'),
    ) as { version: string };
    expect(readFileSync(join(checkout, 'docker-compose.yml'), 'utf8')).toContain(`grafana/grafana:${version}`);
  });

  it.each([
    ['a field that does not exist', { ...first, titel: 'X' }, /titel/],
    ['a wrong type', { ...first, title: 1 }, /number/],
    ['a panel that is none of ours', { ...first, panels: [{ ...panels[0], type: 'piechart' }] }, /piechart/],
    ['a place that is none', { ...first, panels: [{ ...panels[0], gridPos: { x: '0', y: 0, w: 6, h: 4 } }] }, /string/],
  ])('refuses %s', (_what, dashboard, problem) => {
    expect(dashboardProblems(dashboard).join('\n')).toMatch(problem);
  });

  it.each(dashboards())('is kept by %s', (_name, dashboard) => {
    expect(dashboardProblems(dashboard)).toEqual([]);
  });
});
