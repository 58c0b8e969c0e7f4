import { join } from 'node:path';
import ts from 'typescript';
import { checkout } from './committed';

const FILE = join(checkout, 'tools/observability/dashboard-under-test.ts');

const PANELS = '../../node_modules/@grafana/schema/dist/esm/raw/composable';

/**
 * What Grafana's own package declares, with the values that JSON has in place of members of enumerations. The fields of
 * annotations and variables that belong to the data source Prometheus are not in it.
 */
const DECLARATIONS = `
import type { AnnotationQuery, Dashboard, Panel, VariableModel } from '@grafana/schema';
import type * as Stat from '${PANELS}/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as Lines from '${PANELS}/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
type Plain<T> = T extends string ? \`\${T}\` : T extends readonly (infer E)[] ? Plain<E>[]
  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type Shown<T, O, C> = Omit<Panel<Partial<O>, Partial<C>>, 'type'> & { type: T };
interface Parts {
  panels: (Shown<'timeseries', Lines.Options, Lines.FieldConfig> | Shown<'stat', Stat.Options, object>)[];
  annotations: { list: (AnnotationQuery & { expr: string; titleFormat: string; textFormat: string })[] };
  templating: { list: (VariableModel & { definition: string })[] };
}
export const dashboard: Plain<Omit<Dashboard, keyof Parts> & Parts> = `;

/** Declarations are read once for all dashboards. */
const known = new Map<string, ts.SourceFile | undefined>();

function once(name: string, read: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  if (!known.has(name)) known.set(name, read());
  return known.get(name);
}

/** What is wrong with dashboards by the schema of the Grafana that shows them. */
export function dashboardProblems(dashboard: unknown): string[] {
  const text = `${DECLARATIONS}${JSON.stringify(dashboard)};\n`;
  const options: ts.CompilerOptions = { strict: true, noEmit: true, skipLibCheck: true, types: [] };
  Object.assign(options, { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler });
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === FILE
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022)
      : once(name, () => getSourceFile(name, ...rest));
  const program = ts.createProgram([FILE], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 1000));
}
