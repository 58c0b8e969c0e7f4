import type { EmailContent, EmailTemplate } from '@open-cpo/contracts';
import { arabic } from './arabic';
import { english } from './english';
import { htmlOf } from './html';
import type { Draft, Letter } from './letter';
import { Params } from './params';
import { textOf } from './text';
import { Unsendable } from './unsendable';

/** Every template in one language. */
export type Templates = Record<EmailTemplate, (params: Params) => Draft>;

const LANGUAGES: Record<EmailContent['language'], Templates> = { en: english, ar: arabic };

/** Writes an e-mail. @throws Unsendable when the template is unknown or lacks a parameter */
export function letterOf({
  template,
  params,
  language,
}: Pick<EmailContent, 'template' | 'params' | 'language'>): Letter {
  const templates = LANGUAGES[language] ?? english;
  if (!Object.hasOwn(templates, template)) throw new Unsendable(`There is no template ${template}`);
  const draft = templates[template](new Params(params));
  return { subject: draft.subject, text: textOf(draft), html: htmlOf(draft, language) };
}
