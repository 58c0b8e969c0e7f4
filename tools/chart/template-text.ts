import { stringify } from 'yaml';

/**
 * Templates as parts of objects: what stands between ⟦ and ⟧ is an action of a template, inside of a text or as a whole one.
 * A key or an item that begins with ⟦if …⟧ or ⟦end⟧ becomes a line of its own.
 */
const ACTION = /⟦([^⟧]*)⟧/g;
const LINE = /^ *(?:- )?["']?⟦((?:if|else|end|range)\b[^⟧]*)⟧(?:@\d+)?["']?(?:: true)?$/;
const BLOCK = /^( *)((?:- )?[\w.-]+:) ["']?⟦block ([^⟧]*)⟧["']?$/;

let marks = 0;
type Fields = Readonly<Record<string, unknown>>;

/** Fields that are there under a condition. */
export const fieldsIf = (condition: string, fields: Fields): Record<string, unknown> => ({
  [`⟦if ${condition}⟧@${(marks += 1)}`]: true,
  ...fields,
  [`⟦end⟧@${(marks += 1)}`]: true,
});

/** Items that are there under a condition. */
export const itemsIf = (condition: string, items: readonly unknown[]): unknown[] =>
  items.length > 0 ? [`⟦if ${condition}⟧`, ...items, '⟦end⟧'] : [];

/** A field that holds a value of the user's, which is a list or an object. */
export const block = (path: string): string => `⟦block ${path}⟧`;

/** The text of a template that makes this object; the whole of it under a condition, if there is one. */
export function templateText(object: object, condition?: string): string {
  // Helm and Kubernetes read YAML 1.1, in which a plain `off` is no text.
  const lines = stringify(object, { lineWidth: 0, version: '1.1' }).trimEnd().split('\n').map(lineText);
  const text = `${lines.join('\n')}\n`;
  return condition ? `{{- if ${condition} }}\n${text}{{- end }}\n` : text;
}

function lineText(line: string): string {
  const [, action] = LINE.exec(line) ?? [];
  if (action) return `{{- ${action} }}`;
  const [, indent = '', key = '', path] = BLOCK.exec(line) ?? [];
  if (path)
    return `${indent}${key}\n${indent}  {{- toYaml ${path} | nindent ${indent.length + (key.startsWith('- ') ? 4 : 2)} }}`;
  // A quoted action would have its own quotes escaped.
  const plain = line.replace(
    /(: |- )"(⟦.*⟧)"$/,
    (_all, before: string, value: string) => before + value.replaceAll('\\"', '"'),
  );
  return plain.replaceAll(ACTION, (_all, inner: string) => `{{ ${inner} }}`);
}
