import type { MessageContext, MessageFunction } from 'vue-i18n';

type Part = string | { readonly slot: string };

const partsOf = (text: string): Part[] =>
  text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : { slot: part }))
    .filter((part) => part !== '');

function valueOf({ slot }: { readonly slot: string }, context: MessageContext): string {
  const value = /^\d+$/.test(slot) ? context.list(Number(slot)) : context.named(slot);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * Texts with what they need: slots (`{name}`, `{0}`) and forms of a plural (`One | {count} many`). The compiler of vue-i18n
 * also reads links between messages and modifiers, which no text has, and is twice as large as a page.
 */
export function compileMessage(message: unknown): MessageFunction {
  const forms = String(message).split(' | ').map(partsOf);
  return (context: MessageContext) => {
    // The rule of plurals chooses by the number of forms.
    const index = forms.length > 1 ? Number(context.plural(forms.map((_, at) => String(at)))) : 0;
    const parts = forms[index] ?? [];
    return parts.map((part) => (typeof part === 'string' ? part : valueOf(part, context))).join('');
  };
}
