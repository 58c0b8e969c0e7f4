/** An e-mail as it is sent. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A paragraph: text, a code that is easy to read and copy, or a link. */
export type Part = string | { readonly code: string } | { readonly link: string; readonly label: string };

/** What a template says, before it is set as text and HTML. */
export interface Draft {
  readonly subject: string;
  readonly heading: string;
  readonly parts: readonly Part[];
}
