import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../../stack/terminal';

const BLOCK = /^( *)```sh\n([^]*?)\n\1```/gm;

/** The shell blocks of a page, without the indentation of a list that they stand in. */
export function blocksOf(text: string): string[] {
  return [...text.matchAll(BLOCK)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** The pages of a checkout whose commands are run. */
export class Pages {
  constructor(private readonly checkout: string) {}

  /** The block that begins with a title: `# Upgrade`. @throws StackError where there is none */
  block(page: string, title: string): string {
    const found = this.blocks(page).find((block) => block.split('\n')[0] === title);
    if (!found) throw new StackError(`docs/${page} has no block "${title}".`);
    return found;
  }

  /** The first line of the blocks that begins so, without what is said of it. @throws StackError where there is none */
  line(page: string, begin: string): string {
    const found = this.blocks(page)
      .flatMap((block) => block.split('\n'))
      .find((line) => line.startsWith(begin));
    if (!found) throw new StackError(`docs/${page} has no command "${begin}".`);
    return found.replace(/ +#.*$/, '');
  }

  /** A command within the text: between backticks. @throws StackError where there is none */
  inText(page: string, begin: string): string {
    const [, found] = new RegExp(`\`(${begin}[^\`]*)\``).exec(this.text(page)) ?? [];
    if (!found) throw new StackError(`docs/${page} has no command "${begin}".`);
    return found;
  }

  private blocks(page: string): string[] {
    return blocksOf(this.text(page));
  }

  private text(page: string): string {
    return readFileSync(join(this.checkout, 'docs', page), 'utf8');
  }
}
