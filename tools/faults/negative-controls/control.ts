/** What a checker said about a safeguard and its absence. */
export interface ControlResult {
  readonly control: string;
  /** What the checker found with the safeguard; empty when all holds. */
  readonly safe: string;
  /** What it found without; empty when it noticed nothing. */
  readonly unsafe: string;
  /** It held with the safeguard and went red without. */
  readonly shown: boolean;
}

/** Runs a checker on the same work done with a safeguard and without. */
export async function runControl(control: string, check: (safe: boolean) => Promise<string[]>): Promise<ControlResult> {
  const safe = (await check(true)).slice(0, 1).join();
  const problems = await check(false);
  const unsafe = problems.length > 0 ? `red: ${problems.length} found, such as "${problems[0]}"` : '';
  return { control, safe, unsafe, shown: safe === '' && unsafe !== '' };
}
