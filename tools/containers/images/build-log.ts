/** One instruction of a build. */
export interface BuiltStep {
  readonly instruction: string;
  /** Nothing was done: the result of an earlier build was good. */
  readonly cached: boolean;
}

/** The instructions in the output of a build, in order. */
export function builtSteps(output: string): BuiltStep[] {
  return output.split(/^(?=\[\d+\/\d+\] STEP )/m).flatMap((part) => {
    const instruction = /^\[\d+\/\d+\] STEP \d+\/\d+: ([^]*?)(?=\n-->|\n\n|$)/.exec(part)?.[1]?.trim();
    return instruction ? [{ instruction, cached: /^--> Using cache /m.test(part) }] : [];
  });
}
