import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export const checkout = resolve(__dirname, '../..');
const folder = join(checkout, 'deploy/observability');

/** A rule of Prometheus. */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly datasource: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly refId: string; readonly legendFormat: string }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition: string }[] };
}

/** The committed rules. */
export const rules = (): Rule[] =>
  readdirSync(join(folder, 'prometheus/rules')).flatMap((name) => {
    const file = yaml(`prometheus/rules/${name}`) as { groups: { rules: Rule[] }[] };
    return file.groups.flatMap((group) => group.rules);
  });

export const alerts = (): (Rule & { readonly alert: string })[] =>
  rules().filter((rule): rule is Rule & { alert: string } => rule.alert !== undefined);

/** The committed dashboards by the names of their files. */
export const dashboards = (): [string, Dashboard][] =>
  readdirSync(join(folder, 'grafana/dashboards')).map((name) => [
    name,
    JSON.parse(readFileSync(join(folder, 'grafana/dashboards', name), 'utf8')) as Dashboard,
  ]);

/** A committed file of this folder. */
export const yaml = (path: string): unknown => parse(readFileSync(join(folder, path), 'utf8'));

/** The metrics that an expression speaks of: without its strings, labels, groupings and functions. */
export function metricsIn(expression: string): string[] {
  const plain = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|on|without|ignoring|group_left|group_right)\s*\([^)]*\)/g, '');
  const words = plain.match(/[a-zA-Z_:][\w:]*(?!\w*\s*\()/g) ?? [];
  return [...new Set(words.filter((word) => /[_:]|^up$/.test(word) && !FUNCTIONS.test(word)))];
}

const FUNCTIONS = /^(histogram_quantile|absent_over_time|label_values|count_values)$/;
