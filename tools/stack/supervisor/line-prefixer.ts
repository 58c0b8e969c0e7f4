/** Cuts a stream of chunks into lines and writes each with a prefix, so that the output of several processes can be read. */
export class LinePrefixer {
  private rest = '';

  constructor(
    private readonly prefix: string,
    private readonly write: (text: string) => void,
  ) {}

  push(chunk: string): void {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    if (lines.length > 0) {
      this.write(lines.map((line) => `${this.prefix}${line}\n`).join(''));
    }
  }

  /** Writes what came after the last line break. */
  end(): void {
    if (this.rest !== '') {
      this.push('\n');
    }
  }
}

/** `stations  │ `, as wide as the widest name. */
export function prefixFor(name: string, width: number, paint: (text: string) => string): string {
  return `${paint(`${name.padEnd(width)} │`)} `;
}
