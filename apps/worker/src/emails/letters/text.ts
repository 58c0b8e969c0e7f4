import type { Draft, Part } from './letter';

const lineOf = (part: Part): string => {
  if (typeof part === 'string') return part;
  // On a line of its own a code can be copied without the marks that right-to-left text would need around it.
  return 'code' in part ? `    ${part.code}` : `${part.label}\n${part.link}`;
};

/** The e-mail as plain text. */
export const textOf = ({ heading, parts }: Draft): string => `${[heading, ...parts.map(lineOf)].join('\n\n')}\n`;
