/** Rows of two columns, aligned. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}

/** What a person wants to know once the platform runs. */
export function summary(urls: Record<'gateway' | 'inbox' | 'chargers', string>, demo: boolean): string {
  const logins = 'owner@demo.test, rival@demo.test, viewer@demo.test';
  return table([
    ['Dashboard', `${urls.gateway}/`],
    ['Gateway', urls.gateway],
    ['API documentation', `${urls.gateway}/docs`],
    ['Mail inbox', urls.inbox],
    ['Chargers (OCPP)', urls.chargers],
    ...(demo ? ([['Demo logins', `${logins} (password Charge-2026!)`]] as const) : []),
  ]);
}
